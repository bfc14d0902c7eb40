import CaptureFacts
import PacketLayers

extension TCPReassembler {
  /// Does what is due by packet time: gives up holes, unanswered requests, and the memory of closed connections. Costs
  /// one comparison where nothing is due.
  public mutating func advance<Consumer: StreamConsumer & ~Copyable>(
    to time: Timestamp, into consumer: inout Consumer
  ) {
    guard time >= nextDue else { return }
    while let oldest = oldestHole, time.nanoseconds(since: oldest.since) >= limits.holeNanoseconds {
      bridge(oldest.slot, oldest.side, time: time, into: &consumer)
    }
    while table.unproven.first != SlotList.none {
      let connection = table.connections[Int(table.unproven.first)]
      guard time.nanoseconds(since: connection.lastSeen) >= limits.handshakeNanoseconds else { break }
      close(table.unproven.first, at: connection.frame, time: time, into: &consumer)
    }
    while table.closed.first != SlotList.none {
      let connection = table.connections[Int(table.closed.first)]
      guard time.nanoseconds(since: connection.lastSeen) >= limits.lingerNanoseconds else { break }
      close(table.closed.first, at: connection.frame, time: time, into: &consumer)
    }
    nextDue = Timestamp(nanoseconds: .max)
    if let oldest = oldestHole { expect(oldest.since.advanced(byNanoseconds: limits.holeNanoseconds)) }
    if table.unproven.first != SlotList.none {
      let since = table.connections[Int(table.unproven.first)].lastSeen
      expect(since.advanced(byNanoseconds: limits.handshakeNanoseconds))
    }
    if table.closed.first != SlotList.none {
      let since = table.connections[Int(table.closed.first)].lastSeen
      expect(since.advanced(byNanoseconds: limits.lingerNanoseconds))
    }
  }

  /// Ends the input: passes on all that waits, tells which requests were not answered, and closes every connection.
  public mutating func finish<Consumer: StreamConsumer & ~Copyable>(into consumer: inout Consumer) {
    for index in table.connections.indices where table.connections[index].phase != .free {
      let connection = table.connections[index]
      close(UInt32(truncatingIfNeeded: index), at: connection.frame, time: connection.lastSeen, into: &consumer)
    }
    nextDue = Timestamp(nanoseconds: .max)
  }

  /// Whose hole has been waited for longest, and since when.
  var oldestHole: (slot: UInt32, side: EndpointPair.Side, since: Timestamp)? {
    guard holes.first != SlotList.none else { return nil }
    return buffers[Int(holes.first)].map { ($0.slot, $0.side, $0.hole.since) }
  }

  /// Makes a timer of packet time due no later than `time`.
  mutating func expect(_ time: Timestamp) {
    nextDue = min(nextDue, time)
  }

  /// Begins a connection; where the table is full, the least needed one goes.
  mutating func open<Consumer: StreamConsumer & ~Copyable>(
    _ pair: EndpointPair, _ side: EndpointPair.Side, _ header: TCPSegmentHeader, time: Timestamp,
    frame: FrameReference, into consumer: inout Consumer
  ) -> UInt32 {
    if table.count >= limits.connections { evict(at: frame, time: time, into: &consumer) }
    let isRequest = header.flags.contains(.syn) && !header.flags.contains(.ack)
    let isAnswer = header.flags.contains(.syn) && header.flags.contains(.ack)
    expect(time.advanced(byNanoseconds: limits.handshakeNanoseconds))
    return table.insert(
      TCPConnection(pair: pair, opener: isAnswer ? side.other : side, time: time, frame: frame),
      as: isRequest ? .requested : .unproven)
  }

  /// Gives up the connection least needed. One that is closed is not missed; of any other the rest is lost, which is
  /// counted.
  private mutating func evict<Consumer: StreamConsumer & ~Copyable>(
    at frame: FrameReference, time: Timestamp, into consumer: inout Consumer
  ) {
    let slot = table.leastNeeded
    guard slot != SlotList.none else { return }
    if table.connections[Int(slot)].phase == .requested {
      // Not unanswered: its time is not over.
      table.move(slot, to: .unproven)
    }
    if table.connections[Int(slot)].phase != .closed {
      consumer.note(Anomaly(kind: .streamEvicted, layer: .tcp, frame: frame))
    }
    close(slot, at: frame, time: time, into: &consumer)
  }

  /// Passes on all that waits for this connection and frees its slot.
  mutating func close<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, at frame: FrameReference, time: Timestamp, into consumer: inout Consumer
  ) {
    while table.connections[Int(slot)].low.buffer != SlotList.none {
      bridge(slot, .low, time: time, into: &consumer)
    }
    while table.connections[Int(slot)].high.buffer != SlotList.none {
      bridge(slot, .high, time: time, into: &consumer)
    }
    let connection = table.connections[Int(slot)]
    if connection.phase == .requested {
      let flow = connection.pair.flow(from: connection.opener, over: .tcp)
      consumer.note(
        TransportEvent(kind: .connectionUnanswered, flow: flow, time: connection.lastSeen, frame: connection.frame))
    }
    let carriedData = connection.low.marks.union(connection.high.marks).contains(.carriedData)
    let bothSeen = connection.low.marks.intersection(connection.high.marks).contains(.seen)
    if carriedData, !bothSeen {
      consumer.note(Anomaly(kind: .streamSidesUnseen, layer: .tcp, frame: connection.frame))
    }
    table.remove(slot)
    consumer.close(slot: slot, transport: .tcp)
  }

  /// Notes that a connection was seen. Moving it to the end of its list once in a second is order enough.
  mutating func touch(_ slot: UInt32, time: Timestamp, frame: FrameReference, exactly: Bool) {
    let index = Int(slot)
    let age = time.nanoseconds(since: table.connections[index].lastSeen)
    guard exactly || age >= TCPReassembler.second || age <= -TCPReassembler.second else { return }
    table.connections[index].lastSeen = time
    if exactly { table.connections[index].frame = frame }
    table.move(slot, to: table.connections[index].phase)
  }

  /// Remembers a connection that is over for a while.
  mutating func enterClosed(_ slot: UInt32, time: Timestamp) {
    table.connections[Int(slot)].lastSeen = max(time, table.connections[Int(slot)].lastSeen)
    table.move(slot, to: .closed)
    expect(table.connections[Int(slot)].lastSeen.advanced(byNanoseconds: limits.lingerNanoseconds))
  }
}
