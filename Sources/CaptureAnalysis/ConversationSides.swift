import CaptureFacts

/// Which of two hosts that exchange datagrams was seen to send: where only one was, the capture misses the other side, or
/// nobody is there. Connections and associations tell by themselves.
struct ConversationSides {
  /// How many pairs of hosts are told apart: those of a core, and the UEs of some P-CSCFs. Later ones are not looked at.
  static let mostPairs = 1 << 16

  private struct Pair: Hashable {
    var lower: IPAddress
    var upper: IPAddress
  }

  private struct Sides {
    var frame: FrameReference
    var lower: Bool
    var upper: Bool
  }

  private var pairs: [Pair: Sides] = [:]

  /// Notes a message over UDP.
  mutating func note(_ flow: Flow, frame: FrameReference) {
    guard flow.transport == .udp, flow.source.address != flow.destination.address else { return }
    let isLower = flow.source.address < flow.destination.address
    let pair =
      isLower
      ? Pair(lower: flow.source.address, upper: flow.destination.address)
      : Pair(lower: flow.destination.address, upper: flow.source.address)
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
