import Foundation

/// Runs tshark, the independent reader of the same captures.
enum Tshark {
  static let path = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// What tshark needs to see what is there: reassembly, and ESP with NULL encryption.
  private static let preferences = [
    "tcp.reassemble_out_of_order:TRUE", "esp.enable_null_encryption_decode_heuristic:TRUE", "sctp.reassembly:TRUE",
  ]

  /// The ports on which the recorded networks speak SIP, and Diameter, beside the registered ones.
  private static let sipPorts = [4060, 6060, 5100, 5101, 6100, 6101, 5062, 5064]
  private static let diameterPorts = [3869, 3870, 3871, 3872, 3873]

  /// The fields of each frame that `filter` lets through, each field with all its occurrences. The announced ports are
  /// those of recorded networks only, for elsewhere other protocols use them.
  static func fields(
    _ fields: [String], of file: URL, filter: String, announcesPorts: Bool, decodingAs hints: [String] = []
  ) throws -> [[[Substring]]] {
    guard let path else { return [] }
    var arguments = [
      "-n", "-r", file.path, "-Y", filter, "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=\u{1}",
    ]
    for preference in preferences { arguments += ["-o", preference] }
    for field in fields { arguments += ["-e", field] }
    for hint in hints { arguments += ["-d", hint] }
    if announcesPorts {
      for port in sipPorts { arguments += ["-d", "udp.port==\(port),sip", "-d", "tcp.port==\(port),sip"] }
      for port in diameterPorts { arguments += ["-d", "tcp.port==\(port),diameter"] }
    }
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
      line.split(separator: "\t", omittingEmptySubsequences: false).map { $0.split(separator: "\u{1}") }
    }
  }
}
