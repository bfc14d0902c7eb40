/// Writes a ladder as a sequence diagram of Mermaid, which code forges and wikis draw.
enum LadderMermaid {
  /// The diagram. `title` is text.
  static func text(_ ladder: Ladder, title: String) -> String {
    var lines = ["sequenceDiagram", "  title " + harmless(title)]
    for (place, column) in ladder.columns.enumerated() {
      let words = [column.heading, column.lines.joined()].map(harmless)
      lines.append("  participant n\(place) as " + words.joined(separator: "<br/>"))
    }
    var previous: Int64?
    for row in ladder.rows {
      if let previous, row.offset - previous > LadderDrawing.markedGap {
        let sides = ladder.columns.count > 1 ? "n0,n\(ladder.columns.count - 1)" : "n0"
        lines.append("  Note over \(sides): +" + harmless(DurationText.text(row.offset - previous)))
      }
      previous = row.offset
      let arrow: Ladder.Arrow
      switch row {
      case .arrow(let message): arrow = message
      case .first(let bar, _):
        lines.append(line(bar, "\(DurationText.seconds(bar.start)) first \(bar.label) [\(bar.firstFrame)]"))
        continue
      case .last(let bar, _):
        lines.append(line(bar, "\(DurationText.seconds(bar.end)) last \(bar.label): \(bar.figures) [\(bar.lastFrame)]"))
        continue
      }
      // A cross ends what failed; an answer is a dotted line.
      let line = (arrow.isRequest ? "-" : "--") + (arrow.tone == .bad ? "x" : ">>")
      let times = arrow.count > 1 ? " x\(arrow.count)" : ""
      let words = "\(DurationText.seconds(arrow.offset)) \(arrow.label)\(times) [\(arrow.frame)]"
      lines.append("  n\(arrow.from)\(line)n\(arrow.to): " + harmless(words + (arrow.isEvidence ? " *" : "")))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The first or the last packet of a stream: an open arrow tells it from messages.
  private static func line(_ bar: MediaBar, _ words: String) -> String {
    "  n\(bar.from)-)n\(bar.to): " + harmless(words)
  }

  /// Text as the code of its characters but for those that Mermaid takes for nothing else: captured text cannot end a
  /// line, begin a statement or bring markup into a page that draws it.
  private static func harmless(_ text: String) -> String {
    var harmless = ""
    for scalar in TerminalText.harmless(text).unicodeScalars {
      let isPlain =
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || " .,:/_+-()[]*@".unicodeScalars.contains(scalar)
      if isPlain {
        harmless.unicodeScalars.append(scalar)
      } else {
        harmless += "#\(scalar.value);"
      }
    }
    return harmless
  }
}
