/// Builds lines for a terminal. All text passes through `harmless`, so that no captured byte can act on the terminal.
struct TerminalText {
  /// What was written so far.
  var bytes: [UInt8] = []
  let style: TerminalStyle

  init(style: TerminalStyle) {
    self.style = style
  }

  /// Adds text in a tone.
  mutating func add(_ text: String, _ tone: Tone = .plain) {
    guard style.isColoured, let escape = tone.escape else {
      bytes.append(contentsOf: TerminalText.harmless(text).utf8)
      return
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: escape.utf8Start, count: escape.utf8CodeUnitCount))
    bytes.append(contentsOf: TerminalText.harmless(text).utf8)
    bytes.append(contentsOf: [0x1b, 0x5b, 0x30, 0x6d])
  }

  mutating func spaces(_ count: Int) {
    if count > 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
  }

  mutating func endLine() {
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Adds one line, cut to the width.
  mutating func line(_ text: String, _ tone: Tone = .plain) {
    add(cut(text, to: style.width), tone)
    endLine()
  }

  /// Adds text broken at spaces into lines of the width, the further ones indented by `indent`.
  mutating func paragraph(_ text: String, indent: Int, startingAt column: Int, _ tone: Tone = .plain) {
    var room = style.width - column
    var isFirst = true
    for word in TerminalText.harmless(text).split(separator: " ") {
      let columns = TerminalText.columns(of: String(word))
      if !isFirst, columns + 1 > room {
        endLine()
        spaces(indent)
        room = style.width - indent
        isFirst = true
      }
      if !isFirst {
        spaces(1)
        room -= 1
      }
      add(cut(String(word), to: max(room, 1)), tone)
      room -= columns
      isFirst = false
    }
    endLine()
  }

  /// The text, or as much of it as fits into `columns`, with a mark where it was cut.
  func cut(_ text: String, to columns: Int) -> String {
    let text = TerminalText.harmless(text)
    if TerminalText.columns(of: text) <= columns { return text }
    let mark = style.drawsBoxes ? "\u{2026}" : "~"
    var kept = String.UnicodeScalarView()
    var room = columns - 1
    for scalar in text.unicodeScalars {
      room -= scalar.terminalColumns
      if room < 0 { break }
      kept.append(scalar)
    }
    return columns > 0 ? String(kept) + mark : ""
  }

  /// The text with everything that could act on a terminal written as its code, like `\x1b`.
  static func harmless(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7f }), text.unicodeScalars.contains(where: \.actsOnTerminal)
    else { return text }
    var harmless = ""
    for scalar in text.unicodeScalars {
      if scalar.actsOnTerminal {
        let digits = String(scalar.value, radix: 16)
        harmless += scalar.value < 0x100 ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{" + digits + "}"
      } else {
        harmless.unicodeScalars.append(scalar)
      }
    }
    return harmless
  }

  /// How many columns harmless text takes.
  static func columns(of text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + $1.terminalColumns }
  }
}
