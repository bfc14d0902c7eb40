/// A command that a page of the documentation shows together with what it writes: in a block marked `console`, a line
/// after `$`, and the lines up to the next one.
struct ConsoleExample {
  /// The line of shell.
  let command: String
  /// What the page shows below it.
  let shown: String
  /// The lines of the page that `shown` takes up, from 0.
  let lines: Range<Int>

  /// The examples of a page in their order.
  static func all(in page: String) -> [ConsoleExample] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    var examples: [ConsoleExample] = []
    var command: (text: String, end: Int)?
    var isInBlock = false
    for (number, line) in lines.enumerated() {
      if !isInBlock {
        isInBlock = line == "```console"
        continue
      }
      let isEnd = line == "```"
      guard isEnd || line.hasPrefix("$ ") else { continue }
      if let command {
        let range = command.end..<number
        examples.append(
          ConsoleExample(
            command: command.text, shown: lines[range].map { $0 + "\n" }.joined(), lines: range))
      }
      command = isEnd ? nil : (String(line.dropFirst(2)), number + 1)
      isInBlock = !isEnd
    }
    return examples
  }

  /// The programs in Python of a page, each with what the block after it, marked `text`, shows as its output.
  static func programs(in page: String) -> [ConsoleExample] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    func end(after line: Int) -> Int { lines[line...].firstIndex(of: "```") ?? lines.endIndex }
    return lines.indices.filter { lines[$0] == "```python" }.compactMap { start in
      let last = end(after: start + 1)
      guard let text = lines[last...].firstIndex(of: "```text") else { return nil }
      let range = (text + 1)..<end(after: text + 1)
      let program = lines[(start + 1)..<last].joined(separator: "\n")
      return ConsoleExample(
        command: "python3 - <<'PROGRAM'\n\(program)\nPROGRAM", shown: lines[range].map { $0 + "\n" }.joined(),
        lines: range)
    }
  }
}
