import ByteReading
import CaptureFacts
import Foundation
import SharedCaptures
import Testing

@testable import DiameterMessages

/// Every message of the shared captures and vectors, against tshark.
@Suite(.needsSharedCaptures, .needsTshark)
struct TsharkComparisonTests {
  static let captures = ["diameter", "realcore", "ims"]
    .flatMap { SharedCaptures.files(in: $0, endingIn: [".pcap", ".pcapng"]) }

  /// The codes and vendors of all AVPs, a group in front of its members.
  func flattened(_ attributes: [RenderedDiameterAttribute]) -> [RenderedDiameterAttribute] {
    attributes.flatMap { [$0] + flattened($0.members) }
  }

  func expectEqual(_ peer: TsharkMessages) throws {
    try #require(peer.messages.count == peer.values.count)
    let renderer = DiameterAttributeRenderer(showing: Set(SecretKind.allCases))
    for (index, (bytes, values)) in zip(peer.messages, peer.values).enumerated() {
      let message = try DiameterMessage(parsing: bytes.span.bytes)
      let all = flattened(renderer.rendered(message))
      let texts = { (code: UInt32, vendor: UInt32) in
        all.filter { $0.attribute.isAttribute(code, vendor: vendor) }.map { message.text($0.attribute.data) }
      }
      let numbers = { (code: UInt32) in
        all.filter { $0.attribute.isAttribute(code) }.compactMap { message.unsigned32($0.attribute).map { String($0) } }
      }
      let ours: [[String]] = [
        [String(message.header.commandCode)], [String(message.header.applicationID)],
        ["0x" + hexadecimal(UInt32(message.header.flags.rawValue), digits: 2)],
        ["0x" + hexadecimal(message.header.hopByHop, digits: 8)],
        ["0x" + hexadecimal(message.header.endToEnd, digits: 8)],
        texts(263, 0), texts(264, 0), numbers(268), numbers(298), texts(1, 0), texts(601, 10415),
        all.map { String($0.attribute.code) },
        all.filter { $0.attribute.flags.contains(.vendorSpecific) }.map { String($0.attribute.vendor) },
      ]
      for (field, (our, their)) in zip(TsharkMessages.fields, zip(ours, values)) {
        #expect(our == their, "message \(index): \(field)")
      }
      // What is kept of the message itself is among what tshark finds.
      #expect(message.text(message.sessionID) == texts(263, 0).first ?? "")
      #expect(message.publicIdentities.map(message.text) == texts(601, 10415))
      #expect(DiameterRecognition.recognise(bytes.span.bytes) == .certain)
      #expect(DiameterStreamFraming.next(in: bytes.span.bytes, resumingAt: 0) == .message(length: bytes.count))
      #expect(message.failure == nil)
    }
  }

  func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }

  @Test func everyMessageOfEveryCaptureIsReadAsTsharkReadsIt() throws {
    // One run for the fields of all: starting tshark costs more than what it reads here.
    var messages: [[UInt8]] = []
    for capture in Self.captures {
      let found = try TsharkMessages.messages(of: capture)
      #expect(!found.isEmpty, "\(capture.lastPathComponent)")
      messages += found
    }
    try expectEqual(try TsharkMessages(messages: messages))
  }

  @Test func everyVectorIsReadAsTsharkReadsIt() throws {
    let vectors = SharedCaptures.files(in: "vectors", endingIn: [".bin"])
    let messages = try vectors.map { [UInt8](try Data(contentsOf: $0)) }
    try expectEqual(try TsharkMessages(messages: messages))
    for (vector, bytes) in zip(vectors, messages) {
      // The names end in application, command, R or A, and a number.
      let words = vector.deletingPathExtension().lastPathComponent.split(separator: "_").suffix(4).map(String.init)
      let message = try DiameterMessage(parsing: bytes.span.bytes)
      #expect(String(message.header.applicationID) == words[0] && String(message.header.commandCode) == words[1])
      #expect(message.isRequest == (words[2] == "R"))
    }
  }
}
