/// What is kept of one TCP connection while no bytes of it wait: three bytes, for a capture holds many connections that
/// are idle or carry something else, and one without data costs at most 128 bytes in all tables together.
struct StreamAssembly {
  /// What is known of one direction.
  struct Marks: OptionSet {
    var rawValue: UInt8
    /// Bytes of it wait.
    static let waiting = Marks(rawValue: 1)
    /// The next byte begins a message, or goes on with the one that waits: not so where the stream was picked up in the
    /// middle, or behind a loss.
    static let aligned = Marks(rawValue: 2)
    /// No sign of a protocol that is read here was found.
    static let foreign = Marks(rawValue: 4)
  }

  /// Both directions of a connection carry the same: what was found in one tells the other, which may have been picked up
  /// in the middle of a message.
  var content = StreamContent.unknown
  private var forward: Marks = []
  private var backward: Marks = []

  /// One direction: 0 from the opener, 1 the way back.
  subscript(direction: UInt8) -> Marks {
    get { direction == 0 ? forward : backward }
    set { if direction == 0 { forward = newValue } else { backward = newValue } }
  }

  /// Whether a direction is still of use.
  func wants(_ direction: UInt8) -> Bool {
    content != .unknown || !self[direction].contains(.foreign)
  }
}
