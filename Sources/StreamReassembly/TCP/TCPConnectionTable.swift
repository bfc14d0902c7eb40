import CaptureFacts

/// All TCP connections, found by their two ends, and in lists by age so that the one idle longest is at hand.
struct TCPConnectionTable: Sendable {
  /// By slot, free ones among them.
  var connections: [TCPConnection] = []

  /// Connections without a complete handshake or data: the first to go.
  private(set) var unproven = SlotList.Ends()

  /// Connections in use.
  private(set) var open = SlotList.Ends()

  /// Connections that are over.
  private(set) var closed = SlotList.Ends()

  /// How many slots are in use.
  private(set) var count = 0

  private var links = SlotList()
  private var buckets: [UInt32] = [UInt32](repeating: SlotList.none, count: 64)
  private var firstFree = SlotList.none
  private let firstKey = UInt64.random(in: .min ... .max)
  private let secondKey = UInt64.random(in: .min ... .max)

  /// The most bytes that a connection without data waiting takes up: its state, its links and a bucket.
  static var bytesPerConnection: Int {
    MemoryLayout<TCPConnection>.stride + SlotList.bytesPerSlot + MemoryLayout<UInt32>.stride
  }

  /// The connection between these ends; `SlotList.none` where there is none.
  func slot(of pair: EndpointPair) -> UInt32 {
    var slot = buckets[bucket(of: pair)]
    while slot != SlotList.none, connections[Int(slot)].pair != pair { slot = connections[Int(slot)].chain }
    return slot
  }

  /// Adds a connection whose ends are not in the table, in a free slot.
  mutating func insert(_ connection: TCPConnection, as phase: TCPConnection.Phase) -> UInt32 {
    // At most as many buckets as connections: two connections share one before there are more.
    if count >= 2 * buckets.count { growBuckets() }
    var slot = firstFree
    if slot == SlotList.none {
      slot = UInt32(truncatingIfNeeded: connections.count)
      connections.append(connection)
      links.addSlot()
    } else {
      firstFree = connections[Int(slot)].chain
      connections[Int(slot)] = connection
    }
    let place = bucket(of: connection.pair)
    connections[Int(slot)].chain = buckets[place]
    buckets[place] = slot
    connections[Int(slot)].phase = phase
    append(slot)
    count += 1
    return slot
  }

  /// Frees a slot.
  mutating func remove(_ slot: UInt32) {
    unlink(slot)
    let place = bucket(of: connections[Int(slot)].pair)
    let chain = connections[Int(slot)].chain
    if buckets[place] == slot {
      buckets[place] = chain
    } else {
      var before = buckets[place]
      while connections[Int(before)].chain != slot { before = connections[Int(before)].chain }
      connections[Int(before)].chain = chain
    }
    connections[Int(slot)].phase = .free
    connections[Int(slot)].chain = firstFree
    firstFree = slot
    count -= 1
  }

  /// Moves a connection on to `phase`, behind all others that are in it.
  mutating func move(_ slot: UInt32, to phase: TCPConnection.Phase) {
    unlink(slot)
    connections[Int(slot)].phase = phase
    append(slot)
  }

  /// Which connection is given up where there is room for no more: closed ones first, then those never proven, then the
  /// one idle longest.
  var leastNeeded: UInt32 {
    if closed.first != SlotList.none { return closed.first }
    return unproven.first != SlotList.none ? unproven.first : open.first
  }

  private func bucket(of pair: EndpointPair) -> Int {
    Int(truncatingIfNeeded: pair.hash(firstKey, secondKey)) & (buckets.count - 1)
  }

  private mutating func append(_ slot: UInt32) {
    switch connections[Int(slot)].phase {
    case .free: break
    case .requested, .unproven: links.append(slot, to: &unproven)
    case .open: links.append(slot, to: &open)
    case .closed: links.append(slot, to: &closed)
    }
  }

  private mutating func unlink(_ slot: UInt32) {
    switch connections[Int(slot)].phase {
    case .free: break
    case .requested, .unproven: links.remove(slot, from: &unproven)
    case .open: links.remove(slot, from: &open)
    case .closed: links.remove(slot, from: &closed)
    }
  }

  private mutating func growBuckets() {
    buckets = [UInt32](repeating: SlotList.none, count: buckets.count * 2)
    for slot in connections.indices where connections[slot].phase != .free {
      let place = bucket(of: connections[slot].pair)
      connections[slot].chain = buckets[place]
      buckets[place] = UInt32(truncatingIfNeeded: slot)
    }
  }
}
