import Glibc

/// Lines for the user that are not the result.
enum StandardError {
  /// Whether somebody watches.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Writes one line under the name of the command. Names of files may hold anything, so control characters go out as
  /// question marks.
  static func write(line: String) {
    let oneLine = line.unicodeScalars.map { $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) ? "?" : Character($0) }
    write("imstrace: " + String(oneLine) + "\n")
  }

  /// Writes text as it is. There is nobody to tell if this fails.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
  }
}
