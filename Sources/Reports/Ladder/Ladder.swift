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

  var columns: [Column]
  var arrows: [Arrow]
}
