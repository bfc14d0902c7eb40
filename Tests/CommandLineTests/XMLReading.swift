import SharedCaptures

/// Whether text is XML, by python3's own reader.
enum XMLReading {
  static func isWellFormed(_ text: String) -> Bool {
    let program = "import sys, xml.dom.minidom as dom; dom.parseString(sys.stdin.buffer.read())"
    let ending = try? BuiltCommand.shell("python3 -c '\(program)' <<'END'\n\(text)\nEND")
    return ending?.status == 0
  }
}
