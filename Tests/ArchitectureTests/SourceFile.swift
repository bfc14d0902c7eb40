import Foundation
import SharedCaptures

/// A file of the package, as the rules of the house look at it.
struct SourceFile {
  /// Its path inside the package.
  let path: String
  /// What it holds; bytes that are not UTF-8 are replaced.
  let text: String

  /// Reads the file at `path` inside the package.
  init(_ path: String) throws {
    self.path = path
    let data = try Data(contentsOf: SharedCaptures.packageDirectory.appending(path: path))
    text = String(decoding: data, as: UTF8.self)
  }

  /// The lines, without their ends.
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The module that a file of Sources or Tests belongs to.
  var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// The name without its ending.
  var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

  /// The modules that it imports.
  var imports: [String] {
    let attributes = #"(?:@\w+ +)*(?:(?:public|package|internal|private|fileprivate) +)?"#
    let pattern = "(?m)^ *" + attributes + #"import +(?:(?:struct|class|enum|protocol|func|var|let) +)?(\w+)"#
    return captures(pattern)
  }

  /// What the first group of `pattern` matches, everywhere.
  func captures(_ pattern: String) -> [String] {
    let expression = try? NSRegularExpression(pattern: pattern)
    let matches = expression?.matches(in: text, range: NSRange(text.startIndex..., in: text)) ?? []
    return matches.compactMap { Range($0.range(at: 1), in: text).map { String(text[$0]) } }
  }

  /// Whether `pattern` matches anywhere; `^` is the beginning of a line.
  func matches(_ pattern: String) -> Bool {
    text.range(of: "(?m)" + pattern, options: .regularExpression) != nil
  }

  /// All files in `folders` whose names end as one of `suffixes`, by path.
  static func all(in folders: [String], endingIn suffixes: [String] = [".swift"]) throws -> [SourceFile] {
    let root = SharedCaptures.packageDirectory
    return try folders.flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        .map { folder + "/" + $0 }
        .filter { path in suffixes.contains { path.hasSuffix($0) } }
    }
    .sorted().map(SourceFile.init)
  }
}
