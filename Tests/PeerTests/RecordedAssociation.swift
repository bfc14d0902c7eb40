import Foundation
import SharedCaptures

/// A security association that a UE of the recorded network wrote to its log.
struct RecordedAssociation: Decodable {
  var src: String
  var dst: String
  var spi: UInt32
  var ealg: String
  var ik: String
  var ck: String

  /// The row of Wireshark's esp_sa. All of them are with hmac-sha-1-96, whose key is IK and four zeros (TS 33.203 annex I).
  var row: String {
    let encryption = ealg == "null" ? ("NULL", "") : ("AES-CBC [RFC3602]", "0x" + ck)
    let fields = [
      "IPv4", src, dst, String(format: "0x%08x", spi), encryption.0, encryption.1, "HMAC-SHA-1-96 [RFC2404]",
      "0x" + ik + "00000000",
    ]
    return fields.map { "\"\($0)\"" }.joined(separator: ",")
  }

  /// What tells tshark the associations in the log beside a capture; nothing where there is no log.
  static func arguments(besideCapture file: URL) throws -> [String] {
    let log = file.deletingPathExtension().appendingPathExtension("ue")
    guard let text = try? String(contentsOf: log, encoding: .utf8) else { return [] }
    let rows = try text.split(separator: "\n").flatMap { line -> [String] in
      let words = line.split(separator: " ", maxSplits: 3)
      guard words.count > 3, words[1] == "SA", let start = line.firstIndex(of: "[") else { return [] }
      return try JSONDecoder().decode([RecordedAssociation].self, from: Data(line[start...].utf8)).map(\.row)
    }
    return Tshark.arguments(withAssociations: rows)
  }
}
