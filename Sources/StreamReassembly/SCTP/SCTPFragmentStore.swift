import ByteReading
import CaptureFacts

/// The fragments of one end whose messages are not complete yet.
///
/// The fragments of a message have consecutive numbers. Each run of fragments in hand knows at both of its ends where
/// the other end is, so that a fragment joins the runs beside it at constant cost, in whatever order they come.
struct SCTPFragmentStore: Sendable {
  /// What tells fragments apart: the message for I-DATA, nothing for DATA, whose TSNs tell all; and the number.
  private struct Key: Hashable {
    var group: UInt64
    var number: UInt32
  }

  /// One fragment in hand.
  private struct Fragment {
    var key: Key
    var chunk: SCTPDataChunk
    var bytes: [UInt8]
    var frame: FrameReference
    /// At the ends of a run: the number of the other end.
    var otherEnd: UInt32
  }

  /// A message put together.
  struct Message {
    /// Its first chunk.
    var first: SCTPDataChunk
    /// The frame of its first chunk.
    var carrier: FrameReference
    /// The frames of its chunks, each once, in order of number.
    var frames: [FrameReference]
    var bytes: [UInt8]
  }

  /// What the fragments take up in bytes.
  private(set) var cost = 0

  private var places: [Key: UInt32] = [:]
  private var fragments: [Fragment?] = []
  private var free: [UInt32] = []
  private var links = SlotList()
  private var ages = SlotList.Ends()

  /// What one fragment takes up beside its bytes: the entry, its place in the dictionary, links and allocation.
  private static let overhead = 2 * MemoryLayout<Fragment>.stride + 64

  /// Whether nothing waits.
  var isEmpty: Bool { places.isEmpty }

  /// Copies one fragment. Returns the message that it completes, which is let go here.
  mutating func insert(_ chunk: SCTPDataChunk, _ bytes: RawSpan, frame: FrameReference) -> Message? {
    let key = SCTPFragmentStore.key(chunk)
    guard places[key] == nil else { return nil }
    var lower = key.number
    var upper = key.number
    if !chunk.isFirst, let left = fragment(key, key.number &- 1), !left.chunk.isLast,
      SCTPFragmentStore.areOfOneMessage(left.chunk, chunk)
    {
      lower = left.otherEnd
    }
    if !chunk.isLast, let right = fragment(key, key.number &+ 1), !right.chunk.isFirst,
      SCTPFragmentStore.areOfOneMessage(right.chunk, chunk)
    {
      upper = right.otherEnd
    }
    add(
      Fragment(
        key: key, chunk: chunk, bytes: bytes.copied(0..<bytes.byteCount), frame: frame, otherEnd: key.number))
    if let place = place(key, lower) { fragments[place]?.otherEnd = upper }
    if let place = place(key, upper) { fragments[place]?.otherEnd = lower }
    guard let first = fragment(key, lower), first.chunk.isFirst, let last = fragment(key, upper), last.chunk.isLast
    else { return nil }
    return takeMessage(key, first, count: Int(upper &- lower) + 1)
  }

  /// Gives up the run of fragments that has the oldest one.
  mutating func removeOldest() {
    guard ages.first != SlotList.none, let oldest = fragments[Int(ages.first)] else { return }
    var number = oldest.key.number
    while let left = fragment(oldest.key, number &- 1), !left.chunk.isLast { number &-= 1 }
    while let removed = remove(oldest.key, number), !removed.chunk.isLast { number &+= 1 }
  }

  private static func key(_ chunk: SCTPDataChunk) -> Key {
    guard chunk.isInterleaved else { return Key(group: 0, number: chunk.fragment) }
    let order: UInt64 = chunk.isUnordered ? 3 : 2
    return Key(group: order << 62 | UInt64(chunk.stream) << 32 | UInt64(chunk.message), number: chunk.fragment)
  }

  /// The fragments of a message agree in stream, in order of delivery, and in stream sequence number, which has no
  /// meaning where they are unordered (RFC 9260 section 6.6).
  private static func areOfOneMessage(_ left: SCTPDataChunk, _ right: SCTPDataChunk) -> Bool {
    left.stream == right.stream && left.isUnordered == right.isUnordered
      && (left.isUnordered || left.message == right.message)
  }

  private func place(_ key: Key, _ number: UInt32) -> Int? {
    places[Key(group: key.group, number: number)].map(Int.init)
  }

  private func fragment(_ key: Key, _ number: UInt32) -> Fragment? {
    place(key, number).flatMap { fragments[$0] }
  }

  private mutating func takeMessage(_ key: Key, _ first: Fragment, count: Int) -> Message? {
    var message = Message(first: first.chunk, carrier: first.frame, frames: [], bytes: [])
    var number = first.key.number
    for _ in 0..<count {
      guard let part = remove(key, number) else { return nil }
      message.bytes.append(contentsOf: part.bytes)
      if message.frames.last != part.frame { message.frames.append(part.frame) }
      number &+= 1
    }
    message.frames.sort()
    var distinct: [FrameReference] = []
    for frame in message.frames where distinct.last != frame { distinct.append(frame) }
    message.frames = distinct
    return message
  }

  private mutating func add(_ fragment: Fragment) {
    cost += fragment.bytes.count + SCTPFragmentStore.overhead
    let place: UInt32
    if let unused = free.popLast() {
      place = unused
      fragments[Int(place)] = fragment
    } else {
      place = UInt32(truncatingIfNeeded: fragments.count)
      fragments.append(fragment)
      links.addSlot()
    }
    places[fragment.key] = place
    links.append(place, to: &ages)
  }

  private mutating func remove(_ key: Key, _ number: UInt32) -> Fragment? {
    guard let place = places.removeValue(forKey: Key(group: key.group, number: number)),
      let fragment = fragments[Int(place)].take()
    else { return nil }
    links.remove(place, from: &ages)
    free.append(place)
    cost -= fragment.bytes.count + SCTPFragmentStore.overhead
    return fragment
  }
}
