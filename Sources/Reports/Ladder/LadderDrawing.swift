/// Draws a ladder in the cells of a terminal.
///
/// A line holds the time, one lifeline for each column with an arrow between two of them, and the frame number behind
/// it. The distance of the lifelines is as small as the labels allow, so that an IMS core fits 80 columns; where even the
/// short labels need more, the drawing is wider than the terminal.
struct LadderDrawing {
  /// What is drawn with.
  private struct Glyphs {
    var lifeline: Character
    var shaft: Character
    var rightHead: Character
    var leftHead: Character
    var gap: Character
    var ownTop: Character
    /// Of media: the shaft, and the lifeline of who receives them.
    var mediaShaft: Character
    var mediaLifeline: Character

    static let boxes = Glyphs(
      lifeline: "\u{2502}", shaft: "\u{2500}", rightHead: "\u{25b6}", leftHead: "\u{25c0}", gap: "\u{250a}",
      ownTop: "\u{21bb}", mediaShaft: "\u{2550}", mediaLifeline: "\u{2551}")
    static let ascii = Glyphs(
      lifeline: "|", shaft: "-", rightHead: ">", leftHead: "<", gap: ":", ownTop: "@", mediaShaft: "=",
      mediaLifeline: "#")
  }

  /// A silence longer than this is marked, in nanoseconds.
  static let markedGap: Int64 = 1_000_000_000
  /// The distance of lifelines where there is room for more: enough for every registered label.
  private static let widest = 34

  private let ladder: Ladder
  private let rows: [Ladder.Row]
  private let glyphs: Glyphs
  private let timeWidth: Int
  private let frameWidth: Int
  /// From one lifeline to the next.
  private let distance: Int
  /// From the time to the first lifeline.
  private let margin: Int

  init(_ ladder: Ladder, style: TerminalStyle) {
    self.ladder = ladder
    rows = ladder.rows
    glyphs = style.drawsBoxes ? .boxes : .ascii
    timeWidth = rows.reduce(6) { max($0, DurationText.seconds($1.offset).utf8.count) }
    let frames = ladder.arrows.map(\.frame) + ladder.bars.flatMap { [$0.firstFrame, $0.lastFrame] }
    frameWidth = frames.reduce(5) { max($0, TerminalText.columns(of: $1)) }
    let headings = ladder.columns.map { column in
      ([column.heading] + column.lines).reduce(0) { max($0, TerminalText.columns(of: TerminalText.harmless($1))) }
    }
    margin = (headings.first ?? 0) / 2 + 1
    let gaps = max(ladder.columns.count - 1, 1)
    let lastHalf = max(((headings.last ?? 0) + 1) / 2, 1)
    let room =
      (style.width - timeWidth - margin - 1 - lastHalf - 1 - frameWidth
        - (ladder.arrows.contains(where: \.isEvidence) ? 1 : 0)) / gaps
    let needed = LadderDrawing.distance(of: ladder) { $0.shortLabel }
    let wished = LadderDrawing.distance(of: ladder) { $0.label }
    distance = max(needed, min(room, max(wished, (headings.max() ?? 0) + 1), LadderDrawing.widest))
  }

  /// The distance at which every label fits its arrow, with its count and at least one piece of shaft on either side.
  private static func distance(of ladder: Ladder, _ label: (Ladder.Arrow) -> String) -> Int {
    let arrows = ladder.arrows.reduce(8) { distance, arrow in
      let spans = max(abs(arrow.to - arrow.from), 1)
      let columns = TerminalText.columns(of: label(arrow)) + countText(arrow).utf8.count + 4
      return max(distance, (columns + spans - 1) / spans)
    }
    // What media say is cut where messages need less room; the lines above the ladder say it in full.
    return ladder.bars.reduce(arrows) { distance, bar in
      let spans = max(abs(bar.to - bar.from), 1)
      return max(distance, (TerminalText.columns(of: bar.label) + 4 + spans - 1) / spans)
    }
  }

  private static func countText(_ arrow: Ladder.Arrow) -> String {
    arrow.count > 1 ? " x\(arrow.count)" : ""
  }

  /// Adds the lines of the drawing.
  func draw(into text: inout TerminalText) {
    guard !ladder.columns.isEmpty else { return }
    drawHeadings(&text)
    var previous: Int64?
    // How many streams go on to each column.
    var flowing = [Int](repeating: 0, count: ladder.columns.count)
    for row in rows {
      if let previous, row.offset - previous > LadderDrawing.markedGap {
        drawGap(row.offset - previous, &text)
      }
      previous = row.offset
      switch row {
      case .arrow(let arrow): draw(arrow, flowing, &text)
      case .first(let bar, _):
        draw(bar, at: bar.start, bar.label, bar.firstFrame, flowing, &text)
        flowing[bar.to] += 1
      case .last(let bar, _):
        flowing[bar.to] = max(0, flowing[bar.to] - 1)
        draw(bar, at: bar.end, bar.figures, bar.lastFrame, flowing, &text)
      }
    }
  }

  /// The first or the last packet of a stream.
  private func draw(
    _ bar: MediaBar, at offset: Int64, _ label: String, _ frame: String, _ flowing: [Int], _ text: inout TerminalText
  ) {
    let arrow = Ladder.Arrow(
      offset: offset, from: bar.from, to: bar.to, label: label, shortLabel: label, tone: bar.tone, frame: frame,
      count: 1)
    draw(arrow, flowing, &text, shaft: glyphs.mediaShaft)
  }

  private func drawHeadings(_ text: inout TerminalText) {
    let depth = ladder.columns.reduce(0) { max($0, $1.lines.count) }
    for row in -1..<depth {
      var position = 0
      for (index, column) in ladder.columns.enumerated() {
        let words = row < 0 ? column.heading : row < column.lines.count ? column.lines[row] : ""
        let cut = text.cut(words, to: distance - 1)
        let columns = TerminalText.columns(of: cut)
        let start = max(timeWidth + margin + index * distance - columns / 2, position + (index > 0 ? 1 : 0))
        if columns > 0 {
          text.spaces(start - position)
          text.add(cut, row < 0 ? .heading : .faint)
          position = start + columns
        }
      }
      text.endLine()
    }
  }

  private func drawGap(_ nanoseconds: Int64, _ text: inout TerminalText) {
    var cells = lifelines(glyphs.gap)
    let words = Array("+" + DurationText.text(nanoseconds))
    if cells.count > words.count + 1 {
      cells.replaceSubrange(2..<(2 + min(words.count, cells.count - 2)), with: words.prefix(cells.count - 2))
    } else {
      cells += [" "] + words
    }
    text.spaces(timeWidth + margin)
    text.add(String(cells), .faint)
    text.endLine()
  }

  private func draw(
    _ arrow: Ladder.Arrow, _ flowing: [Int], _ text: inout TerminalText, shaft glyph: Character? = nil
  ) {
    let time = DurationText.seconds(arrow.offset)
    text.spaces(timeWidth - time.utf8.count)
    text.add(time, .faint)
    text.spaces(margin)
    var cells = lifelines(glyphs.lifeline)
    for (index, streams) in flowing.enumerated() where streams > 0 { cells[index * distance] = glyphs.mediaLifeline }
    if arrow.from == arrow.to {
      drawOwn(arrow, cells, &text)
    } else {
      let left = min(arrow.from, arrow.to) * distance
      let right = max(arrow.from, arrow.to) * distance
      text.add(String(cells[...left]), .faint)
      text.add(shaft(arrow, columns: right - left - 1, glyph ?? glyphs.shaft, text), arrow.tone)
      text.add(String(cells[right...]), .faint)
    }
    text.spaces(2 + frameWidth - TerminalText.columns(of: arrow.frame))
    text.add(arrow.frame, arrow.isEvidence ? .bad : .faint)
    if arrow.isEvidence { text.add("*", .bad) }
    text.endLine()
  }

  /// A message between two roles of one address stands beside its lifeline.
  private func drawOwn(_ arrow: Ladder.Arrow, _ cells: [Character], _ text: inout TerminalText) {
    let place = arrow.from * distance
    let isLast = arrow.from == ladder.columns.count - 1
    // Beside the last lifeline there is no room: the label stands before it.
    let room = ladder.columns.count == 1 ? text.style.width / 2 : distance - 1
    let words = text.cut(arrow.label + LadderDrawing.countText(arrow), to: room - 2)
    let label = String(glyphs.ownTop) + " " + words
    let padding = String(repeating: " ", count: max(0, room - TerminalText.columns(of: label)))
    if isLast, ladder.columns.count > 1 {
      text.add(String(cells[...(place - distance)]), .faint)
      text.add(padding + label, arrow.tone)
      text.add(String(cells[place...]), .faint)
    } else {
      text.add(String(cells[...place]), .faint)
      text.add(label + padding, arrow.tone)
      if place + distance < cells.count { text.add(String(cells[(place + distance)...]), .faint) }
    }
  }

  private func shaft(_ arrow: Ladder.Arrow, columns: Int, _ glyph: Character, _ text: TerminalText) -> String {
    let count = LadderDrawing.countText(arrow)
    let room = columns - 3 - count.utf8.count
    let words = text.cut(arrow.label, to: max(room, 1)) + count
    let rest = max(columns - 1 - TerminalText.columns(of: words), 0)
    let before = String(repeating: glyph, count: rest / 2)
    let after = String(repeating: glyph, count: rest - rest / 2)
    return arrow.from < arrow.to
      ? before + words + after + String(glyphs.rightHead) : String(glyphs.leftHead) + after + words + before
  }

  private func lifelines(_ glyph: Character) -> [Character] {
    var cells = [Character](repeating: " ", count: (ladder.columns.count - 1) * distance + 1)
    for index in ladder.columns.indices { cells[index * distance] = glyph }
    return cells
  }
}
