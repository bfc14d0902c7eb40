import Foundation

/// A folder that is there while a test runs.
public final class TemporaryFolder {
  /// Where it is.
  public let url = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)

  /// Makes an empty one.
  public init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    KeptInputs.keepCaptures(in: url)
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file of the folder.
  public func write(_ bytes: [UInt8], as name: String) throws -> URL {
    let file = url.appending(path: name)
    try Data(bytes).write(to: file)
    return file
  }
}
