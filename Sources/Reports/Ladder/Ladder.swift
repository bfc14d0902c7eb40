/// A sequence of messages between nodes, ready to be drawn: one column for each node, one arrow for each message.
struct Ladder {
  /// A node.
  struct Column {
    /// Its roles.
    var heading: String
    /// Its address, without and with the port.
    var lines: [String]
  }

  /// A message, with those like it that are folded into it.
  struct Arrow {
    /// Nanoseconds since the start of the ladder.
    var offset: Int64
    /// The place of the sender's column.
    var from: Int
    /// The place of the receiver's column.
    var to: Int
    /// What it says, in full.
    var label: String
    /// What of it must be readable.
    var shortLabel: String
    /// How it is coloured.
    var tone: Tone
    /// The frame.
    var frame: String
    /// How often it was seen, copies and retransmissions included.
    var count: Int
    /// Whether the cause names its frame.
    var isEvidence = false
    /// Whether it is a request.
    var isRequest = true
  }

  /// What stands on one line.
  enum Row {
    /// A message.
    case arrow(Arrow)
    /// The first packet of one direction of media; the number is its place among `bars`.
    case first(MediaBar, Int)
    /// Its last packet.
    case last(MediaBar, Int)

    /// Nanoseconds since the start of the ladder.
    var offset: Int64 {
      switch self {
      case .arrow(let arrow): arrow.offset
      case .first(let bar, _): bar.start
      case .last(let bar, _): bar.end
      }
    }
  }

  var columns: [Column]
  var arrows: [Arrow]
  var bars: [MediaBar] = []

  /// Messages and media on one time axis; messages stand in the order of the capture.
  var rows: [Row] {
    let edges =
      bars.enumerated().flatMap { place, bar in
        bar.start == bar.end && bar.firstFrame == bar.lastFrame
          ? [Row.last(bar, place)] : [.first(bar, place), .last(bar, place)]
      }.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }.map(\.element)
    var rows: [Row] = []
    rows.reserveCapacity(arrows.count + edges.count)
    var next = edges[...]
    for arrow in arrows {
      while let edge = next.first, edge.offset < arrow.offset { rows.append(next.removeFirst()) }
      rows.append(.arrow(arrow))
    }
    return rows + next
  }
}
