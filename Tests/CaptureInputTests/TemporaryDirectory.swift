import CaptureInput
import Foundation
import SharedCaptures

/// A directory for the captures of one test, read by their paths.
final class TemporaryDirectory {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  var url: URL { folder.url }

  /// Writes a file and returns its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try folder.write(bytes, as: name).path
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
