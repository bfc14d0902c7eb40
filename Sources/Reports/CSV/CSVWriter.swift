/// Writes rows of comma-separated values (RFC 4180).
struct CSVWriter {
  /// What was written so far.
  var bytes: [UInt8] = []

  /// Adds a row.
  mutating func add(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(TerminalText.harmless(field))
    }
    bytes.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
  }

  /// Appends a field, quoted where it must be. A spreadsheet takes a field that begins with one of `=+-@` for a formula;
  /// a captured text that does so gets a leading apostrophe, a number does not.
  private mutating func append(_ field: String) {
    let isFormula = field.utf8.first.map { "=+-@".utf8.contains($0) } ?? false
    let text = isFormula && Double(field) == nil ? "'" + field : field
    guard text.utf8.contains(where: { ",\"".utf8.contains($0) }) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      bytes.append(byte)
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
