import CaptureFacts

/// The state of one TCP connection: what an idle one costs, together with its links and its place in the hash table, is
/// at most 128 bytes.
struct TCPConnection: Sendable {
  enum Phase: UInt8, Sendable {
    /// The slot is not in use.
    case free
    /// A SYN was seen and no answer.
    case requested
    /// Something was seen, but neither a complete handshake nor data.
    case unproven
    /// Data flows or may flow.
    case open
    /// Closed in both directions or reset; remembered for late segments.
    case closed
  }

  let pair: EndpointPair
  var low = TCPSide()
  var high = TCPSide()
  var phase = Phase.free

  /// Which end opened the connection, or was seen first.
  var opener: EndpointPair.Side

  /// The next connection in the same bucket, or the next free slot.
  var chain = SlotList.none

  /// When it was last seen, to the second; exact for a SYN.
  var lastSeen: Timestamp

  /// The frame of the last SYN, or the first frame.
  var frame: FrameReference

  init(pair: EndpointPair, opener: EndpointPair.Side, time: Timestamp, frame: FrameReference) {
    self.pair = pair
    self.opener = opener
    self.lastSeen = time
    self.frame = frame
  }

  /// What this end sends.
  subscript(side: EndpointPair.Side) -> TCPSide {
    get { side == .low ? low : high }
    set { if side == .low { low = newValue } else { high = newValue } }
  }

  /// 0 from the opener, 1 the way back.
  func direction(_ side: EndpointPair.Side) -> UInt8 {
    side == opener ? 0 : 1
  }
}
