import CaptureFacts

/// Which frames carried the fragments of what a frame completed. A message names the frames of its segments or chunks;
/// the fragments that these were put together from belong to it as well.
struct FrameOrigins {
  /// How many frames are kept in all: the fragments of some thousand datagrams. With the table around them a hundred bytes
  /// each, and a message that lies in older ones would have waited for all that came since.
  static let frameLimit = 1 << 13

  private var origins: [UInt64: [FrameReference]] = [:]
  private var order: [UInt64] = []
  private var oldest = 0
  private var count = 0
  /// The latest frame of which something is kept: nearly every message came in later ones.
  private var latest: UInt64 = 0

  /// Keeps the frames of the fragments of a datagram that `frame` completed.
  mutating func note(_ fragments: [FrameReference], of frame: FrameReference) {
    var others = originsOf(frame) ?? []
    count -= others.count
    for fragment in fragments {
      if fragment != frame, !others.contains(fragment) { others.append(fragment) }
      add(originsOf(fragment), of: frame, to: &others)
    }
    count += others.count
    latest = max(latest, frame.number)
    if origins.updateValue(others, forKey: frame.number) == nil { order.append(frame.number) }
    while count > FrameOrigins.frameLimit, oldest < order.count {
      count -= origins.removeValue(forKey: order[oldest])?.count ?? 0
      oldest += 1
    }
    if oldest > order.count / 2 {
      order.removeSubrange(0..<oldest)
      oldest = 0
    }
  }

  /// The frames with those that they were put together from, `frame` itself left out.
  func complete(_ others: [FrameReference], of frame: FrameReference) -> [FrameReference] {
    guard !origins.isEmpty else { return others }
    var all = others
    for carrier in others { add(originsOf(carrier), of: frame, to: &all) }
    add(originsOf(frame), of: frame, to: &all)
    return all
  }

  private func originsOf(_ frame: FrameReference) -> [FrameReference]? {
    frame.number <= latest ? origins[frame.number] : nil
  }

  private func add(_ others: [FrameReference]?, of frame: FrameReference, to all: inout [FrameReference]) {
    guard let others else { return }
    for other in others where other != frame && !all.contains(other) { all.append(other) }
  }
}
