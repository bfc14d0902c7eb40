import Foundation
import SIPMessages
import SharedCaptures

/// One SIP message over UDP in a capture, with what tshark says about it.
struct CapturedMessage: Sendable {
  /// The file and frame, for what a failed comparison prints.
  var place: String
  /// The datagram.
  var bytes: [UInt8]
  /// The fields in the order of `fields`, all occurrences of each.
  var values: [[String]]

  static let fields = [
    "sip.Method", "sip.Status-Code", "sip.Call-ID", "sip.CSeq.seq", "sip.CSeq.method", "sip.from.addr", "sip.from.tag",
    "sip.to.addr", "sip.to.tag", "sip.Via.branch", "sip.contact.uri",
  ]

  /// Those of one field.
  func values(_ field: String) -> [String] {
    Self.fields.firstIndex(of: field).map { values[$0] } ?? []
  }

  /// All messages over UDP, one to a datagram, of the captures in `sip`; read once.
  static let all: [CapturedMessage] = {
    SharedCaptures.files(in: "sip", endingIn: [".pcap", ".pcapng"]).flatMap { (try? messages(of: $0)) ?? [] }
  }()

  private static func messages(of file: URL) throws -> [CapturedMessage] {
    var arguments = ["-n", "-r", file.path, "-Y", "sip && udp && !icmp", "-T", "fields"]
    arguments += ["-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=\u{1}"]
    for field in ["frame.number", "udp.payload"] + fields { arguments += ["-e", field] }
    return try Tshark.lines(arguments).compactMap { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      // Datagrams of several layers (tunnels) have more than one payload: the comparison is about one message.
      guard columns.count == fields.count + 2, let bytes = hexadecimal(columns[1]) else { return nil }
      let values = columns[2...].map { $0.split(separator: "\u{1}").map(String.init) }
      return CapturedMessage(place: "\(file.lastPathComponent):\(columns[0])", bytes: bytes, values: values)
    }
  }

  private static func hexadecimal(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count >= 2, digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Character(UnicodeScalar(digits[index])).hexDigitValue,
        let low = Character(UnicodeScalar(digits[index + 1])).hexDigitValue
      else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}
