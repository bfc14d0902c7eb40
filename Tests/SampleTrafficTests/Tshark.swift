import Foundation

/// Runs tshark as an independent reader of what was generated.
enum Tshark {
  /// The ports of the simulated nodes on which SIP must be announced to tshark.
  private static let ports = [4060, 5065, 5070, 5075, 5080, 6060]

  /// Checksums are verified, streams reassembled.
  private static let preferences = [
    "ip.check_checksum:TRUE", "udp.check_checksum:TRUE", "tcp.check_checksum:TRUE", "sctp.checksum:CRC-32C",
    "sctp.reassembly:TRUE", "tcp.reassemble_out_of_order:TRUE",
  ]

  static let path = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The lines of `-T fields` for `fields`, each split at tabs.
  static func fields(_ fields: [String], of file: URL, filter: String) throws -> [[String]] {
    guard let path else { return [] }
    var arguments = ["-n", "-r", file.path, "-Y", filter, "-T", "fields"]
    for port in ports { arguments += ["-d", "udp.port==\(port),sip", "-d", "tcp.port==\(port),sip"] }
    for preference in preferences { arguments += ["-o", preference] }
    for field in fields { arguments += ["-e", field] }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
