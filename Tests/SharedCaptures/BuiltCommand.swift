import Foundation

/// The built `imstrace`, beside the test bundle.
public enum BuiltCommand {
  /// What a run left behind.
  public struct Ending {
    /// The exit status.
    public var status: Int32
    /// What it wrote to standard output.
    public var output: Data
    /// What it wrote to standard error.
    public var errors: String

    /// The output as text.
    public var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// The folder of the products of this build.
  public static let directory: URL = {
    // The bundle of the running tests lies there; where the test runner is another program, its arguments name it.
    let candidates =
      [Bundle.main.bundleURL] + CommandLine.arguments.map { URL(filePath: $0).deletingLastPathComponent() }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.appending(path: "imstrace").path) }
      ?? Bundle.main.bundleURL
  }()

  /// The command.
  public static let path = directory.appending(path: "imstrace").path

  /// Runs with `arguments`.
  public static func run(_ arguments: [String], input: Data? = nil, environment: [String: String] = [:]) throws
    -> Ending
  {
    try launch(URL(filePath: path), arguments, input, environment)
  }

  /// Runs a line of shell in which `$IMSTRACE` is the command.
  public static func shell(_ line: String, environment: [String: String] = [:]) throws -> Ending {
    try launch(
      URL(filePath: "/bin/bash"), ["-c", line], nil, environment.merging(["IMSTRACE": path]) { given, _ in given })
  }

  private static func launch(
    _ executable: URL, _ arguments: [String], _ input: Data?, _ environment: [String: String]
  ) throws -> Ending {
    let folder = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files in place of pipes: nobody has to read while the command writes.
    let files = ["input", "output", "errors"].map { folder.appending(path: $0) }
    try (input ?? Data()).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    // The same on every machine: no colours, no width, no locale of the user. A build with sanitizers has their options.
    let kept = ProcessInfo.processInfo.environment.filter { ["PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key) }
    process.environment = ["PATH": "", "LC_ALL": "C.UTF-8"].merging(kept) { _, kept in kept }
      .merging(environment) { _, given in given }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Ending(
      status: process.terminationStatus, output: try Data(contentsOf: files[1]),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}
