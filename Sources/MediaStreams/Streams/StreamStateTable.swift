import CaptureFacts

/// The streams that are going on, each at a place where it stays, found by its key.
///
/// States lie in blocks that never move, so that a stream is looked at and changed where it lies: it has hundreds of
/// bytes, which growing in one piece would copy and hold twice. A place is in use exactly where `isUsed` says so, and then
/// its memory holds a state, and one bucket leads to it.
@safe
struct StreamStateTable: ~Copyable {
  /// States of one block, as a power of two.
  private static let blockShift = 6
  private static let blockSize = 1 << blockShift

  private var blocks: [UnsafeMutablePointer<StreamState>] = unsafe []
  private var isUsed: [Bool] = []
  private var free: [Int] = []
  // By hash, with linear probing: the upper half of the hash above the place plus one; 0 is empty. At most half of it is
  // used. A stream of another key is passed without a look at it, which would wait for memory.
  private var buckets: [UInt64]
  private var mask: Int
  private let firstKey = UInt64.random(in: .min ... .max)
  private let secondKey = UInt64.random(in: .min ... .max)

  init() {
    buckets = Array(repeating: 0, count: 256)
    mask = 255
  }

  deinit {
    for place in isUsed.indices where isUsed[place] { unsafe address(place).deinitialize(count: 1) }
    for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
  }

  /// How many streams there are.
  var count: Int { isUsed.count - free.count }

  /// All places, those without a stream among them.
  var places: Range<Int> { 0..<isUsed.count }

  /// Whether a stream is at a place.
  func hasStream(at place: Int) -> Bool { isUsed[place] }

  /// The stream at a place, read and changed where it lies. The access to the table lasts as long as that to the stream.
  subscript(place: Int) -> StreamState {
    @inline(__always) unsafeAddress {
      precondition(isUsed[place])
      return unsafe UnsafePointer(address(place))
    }
    @inline(__always) unsafeMutableAddress {
      precondition(isUsed[place])
      return unsafe address(place)
    }
  }

  @inline(__always)
  private func address(_ place: Int) -> UnsafeMutablePointer<StreamState> {
    unsafe blocks[place >> StreamStateTable.blockShift] + place & (StreamStateTable.blockSize - 1)
  }

  // MARK: - By key

  /// The place of the stream with this key; negative where there is none.
  @inline(__always)
  func find(_ key: MediaFlowKey) -> Int {
    unsafe probe(key.hash(firstKey, secondKey)) { unsafe $0.pointee.key == key }?.place ?? -1
  }

  /// Has the stream that takes the short way (`StreamState.plainFlow`) between these ends take a packet, where it lies;
  /// false where there is none, or it does not.
  @inline(__always)
  mutating func offer(
    plain flow: IPv4Flow, _ synchronizationSource: UInt32, _ take: (inout StreamState) -> Bool
  ) -> Bool {
    let found = unsafe probe(MediaFlowKey.hash(flow, synchronizationSource, firstKey, secondKey)) {
      unsafe $0.pointee.plainFlow == flow && $0.pointee.key.synchronizationSource == synchronizationSource
    }
    guard let found = unsafe found else { return false }
    return unsafe take(&found.state.pointee)
  }

  /// The stream that has this hash and is the one looked for; nil where there is none.
  @inline(__always)
  private func probe(
    _ hash: UInt64, _ isSought: (UnsafeMutablePointer<StreamState>) -> Bool
  ) -> (place: Int, state: UnsafeMutablePointer<StreamState>)? {
    var bucket = home(hash)
    while true {
      let entry = buckets[bucket]
      if entry == 0 { return nil }
      if StreamStateTable.mayBe(entry, hash) {
        let place = StreamStateTable.place(entry)
        let state = unsafe address(place)
        if unsafe isSought(state) { return unsafe (place, state) }
      }
      bucket = (bucket &+ 1) & mask
    }
  }

  @inline(__always)
  private func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & mask }

  /// Whether an entry can be of a key with this hash.
  @inline(__always)
  private static func mayBe(_ entry: UInt64, _ hash: UInt64) -> Bool { entry >> 32 == hash >> 32 }

  /// The place that an entry leads to.
  @inline(__always)
  private static func place(_ entry: UInt64) -> Int { Int(entry & 0xffff_ffff) &- 1 }

  /// Adds a stream whose key is not in the table, and returns its place.
  mutating func insert(_ state: StreamState) -> Int {
    if (count + 1) * 2 > buckets.count { grow() }
    let place: Int
    if let reused = free.popLast() {
      place = reused
      isUsed[place] = true
    } else {
      place = isUsed.count
      if place % StreamStateTable.blockSize == 0 {
        unsafe blocks.append(.allocate(capacity: StreamStateTable.blockSize))
      }
      isUsed.append(true)
    }
    unsafe address(place).initialize(to: state)
    enter(state.key, place)
    return place
  }

  /// Takes the stream at a place out.
  mutating func remove(at place: Int) -> StreamState {
    precondition(isUsed[place])
    leave(place)
    isUsed[place] = false
    free.append(place)
    return unsafe address(place).move()
  }

  private mutating func grow() {
    buckets = Array(repeating: 0, count: buckets.count * 2)
    mask = buckets.count - 1
    for place in isUsed.indices where isUsed[place] { enter(self[place].key, place) }
  }

  private mutating func enter(_ key: MediaFlowKey, _ place: Int) {
    let hash = key.hash(firstKey, secondKey)
    var bucket = home(hash)
    while buckets[bucket] != 0 { bucket = (bucket + 1) & mask }
    buckets[bucket] = hash & ~0xffff_ffff | UInt64(place + 1)
  }

  /// Empties the bucket of a place, and moves those behind it that would not be found over the hole.
  private mutating func leave(_ place: Int) {
    var hole = home(self[place].key.hash(firstKey, secondKey))
    while StreamStateTable.place(buckets[hole]) != place { hole = (hole + 1) & mask }
    var bucket = (hole + 1) & mask
    while buckets[bucket] != 0 {
      let home = home(self[StreamStateTable.place(buckets[bucket])].key.hash(firstKey, secondKey))
      // It may move back as far as its home.
      if (bucket &- home) & mask >= (bucket &- hole) & mask {
        buckets[hole] = buckets[bucket]
        hole = bucket
      }
      bucket = (bucket + 1) & mask
    }
    buckets[hole] = 0
  }
}
