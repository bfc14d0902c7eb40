import ByteReading
import Foundation
import SharedCaptures
import Testing

@testable import ServiceDocuments

/// Messages of the relay and transfer layer as tshark reads them.
@Suite(.needsTshark) struct ShortMessagePeerTests {
  private static let fields = [
    "gsm_a.rp.msg_type", "gsm_a.rp.rp_message_reference", "gsm_a.rp.cause", "gsm_sms.tp-oa", "gsm_sms.tp-da",
    "gsm_sms.tp-ra", "gsm_sms.tp-mr", "gsm_sms.tp-dcs", "gsm_sms.tp.user_data_length", "gsm_sms.udh.mm.msg_id",
    "gsm_sms.udh.mm.msg_parts", "gsm_sms.udh.mm.msg_part", "gsm_sms.tp-fcs", "gsm_sms.sms_text",
  ]

  /// A capture of link type 147, which tshark is told to read as the relay layer.
  private func capture(_ messages: [[UInt8]]) -> Data {
    let word: (UInt32) -> [UInt8] = { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    var bytes = word(0xa1b2_c3d4) + [2, 0, 4, 0] + word(0) + word(0) + word(65_535) + word(147)
    for message in messages {
      bytes += word(1) + word(0) + word(UInt32(message.count)) + word(UInt32(message.count)) + message
    }
    return Data(bytes)
  }

  private func values(of messages: [[UInt8]]) throws -> [[String]] {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try capture(messages).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let association = "uat:user_dlts:\"User 0 (DLT=147)\",\"gsm_a_rp\",\"0\",\"\",\"0\",\"\""
    let arguments =
      ["-r", file.path, "-T", "fields", "-E", "separator=|", "-E", "occurrence=f"]
      + ["-o", association, "-o", "gsm_sms.reassemble:FALSE"] + Self.fields.flatMap { ["-e", $0] }
    return try Tshark.lines(arguments).map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func ours(_ bytes: [UInt8]) throws -> [String] {
    let transfer = ShortMessageTransfer(parsing: bytes.rawSpan)
    #expect(transfer.flaw == nil)
    let type = try #require(transfer.kind).rawValue << 1 | (transfer.isToMobile ? 1 : 0)
    let message = transfer.message
    let content = message?.content
    let address: (ShortMessage.Kind...) -> String = { kinds in
      guard let kind = message?.kind, kinds.contains(kind) else { return "" }
      return message?.address.map { String($0.text.drop { $0 == "+" }) } ?? ""
    }
    let hexadecimal: (UInt8?) -> String = { $0.map { "0x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) } ?? "" }
    let number: ((any BinaryInteger)?) -> String = { $0.map { "\($0)" } ?? "" }
    let isText = content?.coding.alphabet != .eightBit
    return [
      number(type), hexadecimal(transfer.reference), hexadecimal(transfer.cause?.code), address(.deliver),
      address(.submit), address(.statusReport), number(message?.reference), number(content?.coding.value),
      number(content?.length), number(content?.concatenation?.reference), number(content?.concatenation?.total),
      number(content?.concatenation?.part), hexadecimal(message?.failureCause), isText ? content?.text ?? "" : "",
    ]
  }

  @Test("five hundred messages of every kind") func generated() throws {
    var generator = RelayMessageGenerator(seed: 24_011)
    let messages = (0..<500).map { _ in generator.next() }
    let theirs = try values(of: messages)
    try #require(theirs.count == messages.count)
    for (index, message) in messages.enumerated() {
      let our = try ours(message)
      for (field, (our, their)) in zip(Self.fields, zip(our, theirs[index])) where normal(our) != normal(their) {
        Issue.record("\(index) \(field): \(our), tshark \(their)")
      }
    }
  }

  /// Numbers without their base, texts without white space at their ends, which `-T fields` does not keep.
  private func normal(_ text: String) -> String {
    if text.hasPrefix("0x"), let number = UInt64(text.dropFirst(2), radix: 16) { return String(number) }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
