import CaptureFacts

/// A hole in the bytes of one direction: what decides how long it is waited for.
struct TCPHole: Sendable {
  /// When it was first known, or came to be the one in front.
  var since: Timestamp

  /// The frame that showed that something is missing.
  let frame: FrameReference

  /// How many packets of the connection were seen since then.
  var packets = 0

  /// The furthest that the receiver acknowledged meanwhile.
  private(set) var acknowledged: UInt32?

  init(since: Timestamp, frame: FrameReference) {
    self.since = since
    self.frame = frame
  }

  /// Takes what the receiver acknowledges.
  mutating func acknowledge(_ number: UInt32) {
    if let furthest = acknowledged, !number.isSeriallyAfter(furthest) { return }
    acknowledged = number
  }
}
