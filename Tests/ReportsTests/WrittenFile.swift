import Foundation
import Reports

/// A file in a folder of its own that is removed with it.
final class WrittenFile {
  let folder: URL
  var url: URL { folder.appending(path: "report") }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  var output: ReportOutput {
    get throws { try ReportOutput(path: url.path, whenComplete: true) }
  }

  var text: String {
    get throws { String(decoding: try Data(contentsOf: url), as: UTF8.self) }
  }
}
