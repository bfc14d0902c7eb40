import CaptureInput
import Foundation
import SharedCaptures

/// A directory for the files of one test, removed with it.
final class TemporaryDirectory {
  let url = FileManager.default.temporaryDirectory.appending(path: "CaptureInputTests-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    KeptInputs.keepCaptures(in: url)
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file and returns its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: url.appending(path: name))
    return path(name)
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Reads bytes as one capture file.
  func read(_ bytes: [UInt8], filter: String? = nil) throws -> (frames: [ReadFrame], warnings: [String]) {
    var capture = try MergedCapture([try file("input", bytes)], filter: filter)
    let frames = capture.readAll()
    return (frames, capture.warnings.map(\.message))
  }

  /// Why one file cannot be opened.
  func failure(_ inputs: [String]) -> String? {
    do throws(CaptureInputFailure) {
      _ = try MergedCapture(inputs)
      return nil
    } catch {
      return error.description
    }
  }
}
