import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages

/// What is kept of one TCP connection: the protocol that it was found to carry, and in each direction the message that is
/// not complete yet. Small while nothing waits, for a capture holds many connections that carry something else.
struct StreamAssembly {
  /// What a stream carries.
  enum Content: UInt8 {
    case unknown, sip, diameter, other

    /// The layer to name where something is wrong with it.
    var layer: LayerKind {
      switch self {
      case .sip: .sip
      case .diameter: .diameter
      case .unknown, .other: .tcp
      }
    }
  }

  /// How many bytes without a sign of SIP or Diameter make a stream one of something else.
  private static let recognitionBound = 4096

  /// One direction.
  struct Direction {
    var content = Content.unknown
    /// The bytes that wait for the rest of their message.
    private(set) var buffer: [UInt8] = []
    /// How far the framing has looked into the buffer.
    var scanned = 0
    /// How many bytes it wants to see before it looks again.
    private var needed = 0
    /// Where in the buffer each frame's bytes end.
    private var frames: [(end: Int, frame: FrameReference)] = []

    /// Whether a message was begun and is not complete.
    var isMidMessage: Bool { !buffer.isEmpty && (content == .sip || content == .diameter) }

    /// The frame of the last bytes that wait.
    var lastFrame: FrameReference? { frames.last?.frame }

    /// Looks whether the stream is SIP or Diameter.
    mutating func recognise(_ bytes: RawSpan) {
      switch (SIPRecognition.recognise(bytes), DiameterRecognition.recognise(bytes)) {
      case (.certain, _): content = .sip
      case (_, .certain): content = .diameter
      case (.notOurs, .notOurs): content = .other
      default:
        if bytes.byteCount > StreamAssembly.recognitionBound { content = .other }
      }
    }

    /// Takes over what the other direction was found to carry.
    mutating func adopt(_ content: Content) {
      if self.content == .unknown || self.content == .other { self.content = content }
    }

    /// Looks whether a stream of something else begins a message here: it may have been picked up in the middle of one.
    mutating func reconsider(_ bytes: RawSpan) {
      if SIPRecognition.recognise(bytes) == .certain {
        content = .sip
      } else if DiameterRecognition.recognise(bytes) == .certain {
        content = .diameter
      }
    }

    /// What is at the front of `bytes`.
    func next(in bytes: RawSpan) -> FramingVerdict {
      content == .sip
        ? SIPStreamFraming.next(in: bytes, resumingAt: scanned)
        : DiameterStreamFraming.next(in: bytes, resumingAt: scanned)
    }

    /// Notes that a message needs more bytes.
    mutating func wait(for atLeast: Int, scanned: Int) {
      needed = atLeast
      self.scanned = scanned
    }

    /// Whether with `count` more bytes the message is still too short to look at.
    func needs(_ count: Int) -> Bool {
      buffer.count + count < needed
    }

    /// Keeps the bytes from `start` on.
    mutating func keep(_ bytes: RawSpan, from start: Int, frame: FrameReference) {
      guard start < bytes.byteCount else { return }
      buffer.append(bytes, in: start..<bytes.byteCount)
      frames.append((buffer.count, frame))
    }

    /// The frames that carried the bytes up to `end`, other than `frame`.
    func frames(upTo end: Int, besides frame: FrameReference) -> [FrameReference] {
      guard !frames.isEmpty else { return [] }
      var found: [FrameReference] = []
      var start = 0
      for entry in frames {
        if start < end, entry.frame != frame, found.last != entry.frame { found.append(entry.frame) }
        start = entry.end
      }
      return found
    }

    /// Takes the buffer out, to look at it.
    mutating func takeBuffer() -> [UInt8] {
      let taken = buffer
      buffer = []
      return taken
    }

    /// Puts back what of a buffer was not used.
    mutating func restore(_ taken: consuming [UInt8], droppingFirst used: Int) {
      guard used < taken.count else {
        frames.removeAll(keepingCapacity: true)
        buffer = []
        return
      }
      guard used > 0 else {
        buffer = taken
        return
      }
      buffer = Array(taken[used...])
      frames = frames.compactMap { $0.end > used ? ($0.end - used, $0.frame) : nil }
    }

    /// Forgets what was begun: the rest of it is lost.
    mutating func lose() {
      buffer = []
      frames = []
      scanned = 0
      needed = 0
    }
  }

  private(set) var forward: Direction?
  private(set) var backward: Direction?

  /// Takes a direction out, to work on it; `put` brings it back.
  mutating func take(_ direction: UInt8) -> Direction {
    if direction == 0 {
      defer { forward = nil }
      return forward ?? Direction()
    }
    defer { backward = nil }
    return backward ?? Direction()
  }

  /// Brings a direction back. Both directions of a connection carry the same: what was found in one tells the other,
  /// which may have been picked up in the middle of a message.
  mutating func put(_ state: consuming Direction, _ direction: UInt8) {
    let content = state.content
    if direction == 0 { forward = state } else { backward = state }
    guard content == .sip || content == .diameter else { return }
    if direction == 0 {
      backward = backward ?? Direction()
      backward?.adopt(content)
    } else {
      forward = forward ?? Direction()
      forward?.adopt(content)
    }
  }

  /// Whether a direction is still of use.
  func wants(_ direction: UInt8) -> Bool {
    (direction == 0 ? forward : backward)?.content != .other
  }
}
