/// Writes a ladder as a vector drawing (SVG 1.1) that stands alone: no program, nothing fetched, two colour schemes.
struct LadderVector {
  private static let left = 150
  private static let right = 70
  private static let rowHeight = 26
  private static let headHeight = 84
  /// About the width of a letter.
  private static let letter = 7

  private let ladder: Ladder
  private let title: String
  private let subtitle: String
  private let distance: Int

  init(_ ladder: Ladder, title: String, subtitle: String) {
    self.ladder = ladder
    self.title = title
    self.subtitle = subtitle
    let wished = ladder.bars.reduce(130) { distance, bar in
      let spans = max(abs(bar.to - bar.from), 1)
      return max(distance, ((bar.label + bar.figures).count + 2) * LadderVector.letter / spans + 30 / spans)
    }
    distance = ladder.arrows.reduce(wished) { distance, arrow in
      let spans = max(abs(arrow.to - arrow.from), 1)
      return max(distance, (LadderVector.words(arrow).count * LadderVector.letter + 30) / spans)
    }
  }

  private static func words(_ arrow: Ladder.Arrow) -> String {
    (arrow.tone == .bad ? "\u{2715} " : "") + arrow.label + (arrow.count > 1 ? " \u{d7}\(arrow.count)" : "")
  }

  /// The drawing.
  func text() -> String {
    let width = LadderVector.left + max(ladder.columns.count - 1, 0) * distance + 60 + LadderVector.right
    var body = ""
    var y = LadderVector.headHeight
    var previous: Int64?
    var edges = [(first: Int, last: Int)](repeating: (0, 0), count: ladder.bars.count)
    for row in ladder.rows {
      if let previous, row.offset - previous > LadderDrawing.markedGap {
        body += "<rect class=\"g\" x=\"0\" y=\"\(y + 4)\" width=\"\(width)\" height=\"14\"/>"
        body += label(LadderVector.left + 12, y + 15, "gap", "start", "+" + DurationText.text(row.offset - previous))
        y += 22
      }
      previous = row.offset
      y += LadderVector.rowHeight
      switch row {
      case .arrow(let arrow): body += draw(arrow, at: y, width)
      case .first(let bar, let place):
        edges[place].first = y
        body += draw(bar, at: bar.start, y, bar.label, bar.firstFrame, width)
      case .last(let bar, let place):
        edges[place].last = y
        if edges[place].first == 0 { edges[place].first = y }
        body += draw(bar, at: bar.end, y, bar.label + ": " + bar.figures, bar.lastFrame, width)
      }
    }
    let bands = drawBands(edges)
    let height = y + 24
    var lifelines = ""
    for place in ladder.columns.indices {
      let x = column(place)
      lifelines += "<line class=\"l\" x1=\"\(x)\" y1=\"\(LadderVector.headHeight)\" x2=\"\(x)\" y2=\"\(height - 8)\"/>"
      lifelines += label(x, 46, "h", "middle", ladder.columns[place].heading)
      lifelines += label(x, 62, "a", "middle", ladder.columns[place].lines.joined())
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img">
      <title>\(PageContent.escaped(TerminalText.harmless(title)))</title>
      <style>\(LadderVector.style)</style>
      <rect class="b" width="\(width)" height="\(height)"/>
      \(label(16, 22, "t", "start", title + "  " + subtitle))
      \(lifelines)
      \(bands)
      \(body)
      </svg>

      """
  }

  private func draw(_ arrow: Ladder.Arrow, at y: Int, _ width: Int) -> String {
    let from = column(arrow.from)
    let to = column(arrow.to)
    let way = to < from ? -1 : 1
    var parts = "<g class=\"\(arrow.tone.name)\">"
    if arrow.isEvidence {
      parts += "<rect class=\"e\" x=\"4\" y=\"\(y - 18)\" width=\"\(width - 8)\" height=\"24\"/>"
    }
    parts += label(LadderVector.left - 70, y, "n", "end", DurationText.seconds(arrow.offset))
    if from == to {
      parts += "<path class=\"s\" fill=\"none\" d=\"M\(from) \(y - 8)h16v8h-10\"/>"
      parts += "<path class=\"p\" d=\"M\(from) \(y)l9 -4v8z\"/>"
      parts += label(from + 22, y, "w", "start", LadderVector.words(arrow))
    } else {
      parts += "<line class=\"s\" x1=\"\(from)\" y1=\"\(y)\" x2=\"\(to - way * 6)\" y2=\"\(y)\"/>"
      parts += "<path class=\"p\" d=\"M\(to) \(y)l\(-way * 9) -4v8z\"/>"
      parts += label((from + to) / 2, y - 5, "w", "middle", LadderVector.words(arrow))
    }
    parts += label(width - 14, y, "n", "end", arrow.frame)
    return parts + "</g>\n"
  }

  /// The first or the last packet of a stream.
  private func draw(
    _ bar: MediaBar, at offset: Int64, _ y: Int, _ words: String, _ frame: String, _ width: Int
  ) -> String {
    let from = column(bar.from)
    let to = column(bar.to)
    let way = to < from ? -1 : 1
    var parts = "<g class=\"m \(bar.tone.name)\">"
    parts += label(LadderVector.left - 70, y, "n", "end", DurationText.seconds(offset))
    if from != to {
      parts += "<line class=\"s\" x1=\"\(from)\" y1=\"\(y)\" x2=\"\(to - way * 6)\" y2=\"\(y)\"/>"
      parts += "<path class=\"p\" d=\"M\(to) \(y)l\(-way * 9) -4v8z\"/>"
    }
    parts += label(from == to ? from + 22 : (from + to) / 2, y - 6, "w", from == to ? "start" : "middle", words)
    parts += label(width - 14, y, "n", "end", frame)
    return parts + "</g>\n"
  }

  /// A band for each stream beside the lifeline of its receiver, from the first to the last packet.
  private func drawBands(_ edges: [(first: Int, last: Int)]) -> String {
    var beside: [Int: Int] = [:]
    return zip(ladder.bars, edges).map { bar, edge in
      let number = beside[bar.to, default: 0]
      beside[bar.to] = number + 1
      // On the side that the stream comes from, the next one beside it.
      let x = column(bar.to) + (bar.from < bar.to ? -7 - number * 7 : 2 + number * 7)
      let tall = max(edge.last - edge.first, 3)
      return
        "<rect class=\"v \(bar.tone.name)\" x=\"\(x)\" y=\"\(edge.first)\" width=\"5\" height=\"\(tall)\" rx=\"2\"/>"
    }.joined()
  }

  private func column(_ place: Int) -> Int { LadderVector.left + place * distance }

  private func label(_ x: Int, _ y: Int, _ style: String, _ anchor: String, _ text: String) -> String {
    "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\">"
      + PageContent.escaped(TerminalText.harmless(text)) + "</text>"
  }

  /// The colours are those of the HTML report.
  private static let style = """
    svg{--b:#fff;--i:#1b1f24;--f:#5f6872;--l:#b9bec5;--good:#0f766e;--caution:#8a6100;--bad:#b93a0a;--m:#3b62b5;--e:#fbeee8}\
    @media(prefers-color-scheme:dark){svg{--b:#1b1f24;--i:#e4e7eb;--f:#98a1ac;--l:#4a525c;--good:#4fbfb3;\
    --caution:#dcae55;--bad:#ff8f66;--m:#8fb0ff;--e:#33211b}}\
    text{font:12px system-ui,"DejaVu Sans",sans-serif;fill:var(--i)}.b,.g{fill:var(--b)}.l{stroke:var(--l)}\
    .t{font-size:15px;font-weight:600}.h{font-size:13px;font-weight:600}\
    .a,.n{font:11px ui-monospace,"DejaVu Sans Mono",monospace;fill:var(--f)}.gap{font-size:11px;fill:var(--f)}\
    .w{paint-order:stroke;stroke:var(--b);stroke-width:3.5px}.s{stroke:var(--i);stroke-width:1.3}.p{fill:var(--i)}.e{fill:var(--e);fill-opacity:.7}\
    .faint .s{stroke:var(--f)}.faint .p,.faint .w{fill:var(--f)}.good .s{stroke:var(--good)}.good .p,.good .w{fill:var(--good)}\
    .caution .s{stroke:var(--caution)}.caution .p,.caution .w{fill:var(--caution)}\
    .m .s{stroke-width:3;stroke:var(--m)}.m .p,.m .w{fill:var(--m)}.v{fill:var(--m);fill-opacity:.55}\
    .m.caution .s{stroke:var(--caution)}.v.caution,.m.caution .p,.m.caution .w{fill:var(--caution)}\
    .v.bad{fill:var(--bad)}\
    .bad .s{stroke:var(--bad);stroke-width:2}.m.bad .s{stroke-width:3}.bad .p,.bad .w{fill:var(--bad)}
    """
}
