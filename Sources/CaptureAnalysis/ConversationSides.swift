import ByteReading
import CaptureFacts

/// Which of two hosts that exchange datagrams was seen to send: where only one was, the capture misses the other side, or
/// nobody is there. Connections and associations tell by themselves.
struct ConversationSides {
  /// How many pairs of hosts are told apart: those of a core, and the UEs of some P-CSCFs. Later ones are not looked at.
  static let mostPairs = 1 << 16

  private struct Sides {
    var frame: FrameReference
    var lower: Bool
    var upper: Bool
  }

  /// By the hash of the lower and the upper address.
  private var pairs: [KeyedHash: Sides] = [:]
  private let key: HashKey

  init(key: HashKey) {
    self.key = key
  }

  /// Notes a message over UDP.
  mutating func note(_ flow: Flow, frame: FrameReference) {
    guard flow.transport == .udp, flow.source.address != flow.destination.address else { return }
    let isLower = flow.source.address < flow.destination.address
    let (lower, upper) =
      isLower
      ? (flow.source.address, flow.destination.address) : (flow.destination.address, flow.source.address)
    let pair = key.start.combined(with: lower.high).combined(with: lower.low).combined(with: upper.high)
      .combined(with: upper.low)
    guard let known = pairs.index(forKey: pair) else {
      guard pairs.count < ConversationSides.mostPairs else { return }
      pairs[pair] = Sides(frame: frame, lower: isLower, upper: !isLower)
      return
    }
    if isLower { pairs.values[known].lower = true } else { pairs.values[known].upper = true }
  }

  /// The first frames of conversations of which only one side was seen, ordered.
  var framesOfOneSide: [FrameReference] {
    pairs.values.filter { $0.lower != $0.upper }.map(\.frame).sorted()
  }
}
