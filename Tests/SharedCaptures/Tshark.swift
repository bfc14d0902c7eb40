import Foundation
import Testing

/// tshark, the independent reader of the same captures, with the tools beside it.
public enum Tshark {
  /// Where tshark is; nil where it is not installed.
  public static let path = tool("tshark")

  /// Where mergecap is; nil where it is not installed.
  public static let mergecap = tool("mergecap")

  /// What tshark needs to see what is there: reassembly, and ESP with NULL encryption.
  public static let preferences = [
    "tcp.reassemble_out_of_order:TRUE", "esp.enable_null_encryption_decode_heuristic:TRUE", "sctp.reassembly:TRUE",
  ]

  /// The arguments that make tshark take what runs on `ports` for `name`, over UDP and TCP or over TCP alone.
  public static func announcing(_ name: String, on ports: [Int], overUDP: Bool) -> [String] {
    ports.flatMap { port in
      (overUDP ? ["-d", "udp.port==\(port),\(name)"] : []) + ["-d", "tcp.port==\(port),\(name)"]
    }
  }

  /// The arguments that make tshark open ESP with these rows of esp_sa.
  public static func arguments(withAssociations rows: [String]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let preferences = ["esp.enable_encryption_decode:TRUE", "esp.enable_authentication_check:TRUE"]
    return (preferences + rows.map { "uat:esp_sa:" + $0 }).flatMap { ["-o", $0] }
  }

  /// The fields of each frame that `filter` lets through, each field with all its occurrences.
  public static func fields(
    _ fields: [String], of file: URL, filter: String, preferences: [String] = preferences, arguments: [String] = []
  ) throws -> [[[Substring]]] {
    try lines(
      ["-n", "-r", file.path, "-Y", filter, "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=\u{1}"]
        + preferences.flatMap { ["-o", $0] } + fields.flatMap { ["-e", $0] } + arguments
    ).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { $0.split(separator: "\u{1}") }
    }
  }

  /// The lines that it prints, but for empty ones.
  public static func lines(_ arguments: [String]) throws -> [Substring] {
    try output(arguments).split(separator: "\n")
  }

  /// What it prints; nothing where it is not installed.
  @discardableResult
  public static func output(_ arguments: [String], of tool: String? = path) throws -> String {
    guard let tool else { return "" }
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static func tool(_ name: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips, visibly, a test that needs tshark and mergecap where they are not installed.
  public static var needsTshark: Self {
    .enabled(if: Tshark.path != nil && Tshark.mergecap != nil, "tshark and mergecap are not installed")
  }
}
