import Foundation
import SharedCaptures

/// What tshark makes of the Diameter messages of a capture: their octets, reassembled, and the fields it finds in each.
struct TsharkMessages {
  static let fields = [
    "diameter.cmd.code", "diameter.applicationId", "diameter.flags", "diameter.hopbyhopid", "diameter.endtoendid",
    "diameter.Session-Id", "diameter.Origin-Host", "diameter.Result-Code", "diameter.Experimental-Result-Code",
    "diameter.User-Name", "diameter.Public-Identity", "diameter.avp.code", "diameter.avp.vendorId",
  ]

  /// The octets of each message.
  let messages: [[UInt8]]

  /// The values of `fields` of each message, every occurrence.
  let values: [[[String]]]

  /// The octets of each message that tshark finds in `capture`, in its order.
  static func messages(of capture: URL) throws -> [[UInt8]] {
    let exported = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pcapng")
    defer { try? FileManager.default.removeItem(at: exported) }
    try Tshark.output([
      "-o", "tcp.reassemble_out_of_order:TRUE", "-o", "sctp.reassembly:TRUE", "-r", capture.path, "-Y", "diameter",
      "-U", "OSI layer 7", "-w", exported.path, "-F", "pcapng",
    ])
    return payloads(of: [UInt8](try Data(contentsOf: exported)))
  }

  /// Writes `messages` as frames, and asks for their fields.
  init(messages: [[UInt8]]) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pcap")
    defer { try? FileManager.default.removeItem(at: file) }
    // A capture file of link type 252 (exported PDUs): tag 12 names the dissector, tag 0 ends the tags.
    let tags: [UInt8] = [0, 12, 0, 8] + Array("diameter".utf8) + [0, 0, 0, 0]
    var bytes = WrittenMessage.octets(0xa1b2_c3d4) + [0, 2, 0, 4] + [UInt8](repeating: 0, count: 8)
    bytes += WrittenMessage.octets(1 << 20) + WrittenMessage.octets(252)
    for message in messages {
      let length = WrittenMessage.octets(UInt32(tags.count + message.count))
      bytes += [UInt8](repeating: 0, count: 8) + length + length + tags + message
    }
    try Data(bytes).write(to: file)
    self.messages = messages
    values = try TsharkMessages.values(of: file)
  }

  /// What the frames of a file of exported PDUs hold. Blocks of pcapng in the byte order of this machine: type, length,
  /// body, length; type 6 holds a frame, which begins with tags.
  private static func payloads(of file: [UInt8]) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var offset = 0
    let number = { (at: Int) in (0..<4).reduce(0) { $0 | Int(file[at + $1]) << (8 * $1) } }
    while file.count - offset >= 12 {
      if number(offset) == 6 {
        var start = offset + 28
        let end = start + number(offset + 20)
        while file[start] != 0 || file[start + 1] != 0 {
          start += 4 + Int(file[start + 2]) << 8 + Int(file[start + 3])
        }
        found.append(Array(file[start + 4..<end]))
      }
      offset += number(offset + 4)
    }
    return found
  }

  private static func values(of file: URL) throws -> [[[String]]] {
    let lines = try Tshark.lines(
      [
        "-r", file.path, "-Y", "diameter", "-T", "fields", "-E", "separator=/t", "-E", "aggregator=|", "-E",
        "occurrence=a",
      ]
        + fields.flatMap { ["-e", $0] })
    return lines.map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { $0.split(separator: "|").map(String.init) }
    }
  }
}
