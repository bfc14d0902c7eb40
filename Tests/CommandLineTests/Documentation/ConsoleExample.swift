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
}
