import Foundation

/// A table of ARCHITECTURE.md: the page is what the rules are read from, so that the two cannot differ.
struct DocumentedTable {
  /// The cells of each row below the heading, without the backticks.
  let rows: [[String]]

  /// The table whose heading row begins with `heading`.
  init(beginningWith heading: String, in page: SourceFile) {
    rows = page.lines
      .drop { !$0.hasPrefix("| \(heading) |") }.dropFirst(2)
      .prefix { $0.hasPrefix("|") }
      .map { line in
        line.split(separator: "|").map { $0.replacing("`", with: "").trimmingCharacters(in: .whitespaces) }
      }
  }
}
