import ByteReading
import CaptureFacts

extension TCPReassembler {
  /// Takes data, a FIN, or both.
  mutating func receiveData<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, _ segment: borrowing TCPSegmentData, isLast: Bool,
    into consumer: inout Consumer
  ) {
    if !table.connections[Int(slot)][side].marks.contains(.started) {
      guard start(slot, side, segment) else { return }
    }
    let offset = segment.start.serialDistance(from: table.connections[Int(slot)][side].next)
    if abs(offset) > limits.plausibleDistance {
      receiveStray(slot, side, segment, distance: offset, into: &consumer)
    } else if offset <= 0 {
      receiveInOrder(slot, side, segment, alreadyPassed: -offset, into: &consumer)
    } else if segment.length > 0 {
      receiveAhead(slot, side, segment, distance: offset, into: &consumer)
    }
    if isLast { noteEnd(slot, side, segment) }
    settle(slot, side)
  }

  /// Begins a direction at the first data seen of it. Returns whether the segment is data at all.
  private mutating func start(
    _ slot: UInt32, _ side: EndpointPair.Side, _ segment: borrowing TCPSegmentData
  ) -> Bool {
    var state = table.connections[Int(slot)][side]
    let ahead = segment.start.serialDistance(from: state.next)
    if state.marks.contains(.presumed) {
      // A keep-alive repeats the last number acknowledged, with or without a byte (RFC 9293 section 3.8.4).
      if segment.length == 1, ahead == -1 { return false }
      // Only what comes after a hole leaves `next` where the receiver said: nothing has been passed on, so nothing that
      // begins earlier is old.
      if ahead <= 0 || ahead > limits.plausibleDistance { state.begin(at: segment.start) }
    } else {
      if segment.length == 1, segment.bytes.byteCount == 1, segment.bytes.byte(at: 0) == 0 {
        // Nothing that is read here begins with a zero byte alone: the byte of a keep-alive.
        state.begin(at: segment.end)
        state.marks.insert(.presumed)
        table.connections[Int(slot)][side] = state
        return false
      }
      state.begin(at: segment.start)
    }
    state.marks.remove(.presumed)
    state.marks.insert(.started)
    table.connections[Int(slot)][side] = state
    return true
  }

  /// Takes data that begins at or before the next byte wanted.
  private mutating func receiveInOrder<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, _ segment: borrowing TCPSegmentData, alreadyPassed: Int,
    into consumer: inout Consumer
  ) {
    guard segment.length > alreadyPassed else {
      // A keep-alive repeats one byte (RFC 9293 section 3.8.4); that is no data.
      guard segment.length > 1 else { return }
      let direction = table.connections[Int(slot)].direction(side)
      consumer.receive(
        RepeatedData(
          stream: StreamIdentifier(slot: slot, direction: direction), transport: .tcp, start: segment.start,
          count: UInt32(clamping: segment.length), frame: segment.frame, time: segment.time, point: segment.point))
      return
    }
    let captured = segment.bytes.byteCount
    if captured > alreadyPassed {
      deliver(
        slot, side, segment.bytes.extracting(alreadyPassed..<captured),
        start: segment.start &+ UInt32(truncatingIfNeeded: alreadyPassed), carrier: segment.frame, time: segment.time,
        frame: segment.frame, path: segment.path, point: segment.point, into: &consumer)
    }
    table.connections[Int(slot)][side].next = segment.end
    let missing = segment.length - max(captured, alreadyPassed)
    if missing > 0 { lose(missing, slot, side, frame: segment.frame, into: &consumer) }
    if table.connections[Int(slot)][side].buffer != SlotList.none {
      drain(slot, side, time: segment.time, filledBy: segment.frame, into: &consumer)
    }
  }

  /// Takes data behind a hole.
  private mutating func receiveAhead<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, _ segment: borrowing TCPSegmentData, distance: Int,
    into consumer: inout Consumer
  ) {
    let direction = table.connections[Int(slot)].direction(side)
    guard consumer.wants(StreamIdentifier(slot: slot, direction: direction)) else {
      // Nobody waits for these bytes, so nothing is kept, and nothing that matters is lost.
      table.connections[Int(slot)][side].lose(distance)
      table.connections[Int(slot)][side].next = segment.start
      receiveInOrder(slot, side, segment, alreadyPassed: 0, into: &consumer)
      return
    }
    let index = Int(openBuffer(slot, side, time: segment.time, frame: segment.frame))
    guard var buffer = take(index) else { return }
    buffer.insert(segment)
    put(buffer, index)
    while table.connections[Int(slot)][side].buffer != SlotList.none,
      buffers[index]?.exceeds(limits) ?? false
    {
      consumer.note(Anomaly(kind: .streamBufferExceeded, layer: .tcp, frame: segment.frame))
      bridge(slot, side, time: segment.time, into: &consumer)
    }
    while bufferedCost > limits.bufferedBytes, let oldest = oldestHole {
      consumer.note(Anomaly(kind: .streamBufferExceeded, layer: .tcp, frame: segment.frame))
      bridge(oldest.slot, oldest.side, time: segment.time, into: &consumer)
    }
  }

  /// Takes data too far from what is expected. A single segment of that kind is not believed; when a second one
  /// continues it, the capture has a gap there that no window explains, and the stream goes on behind it.
  private mutating func receiveStray<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, _ segment: borrowing TCPSegmentData, distance: Int,
    into consumer: inout Consumer
  ) {
    guard segment.length > 0 else { return }
    let index = Int(openBuffer(slot, side, time: segment.time, frame: segment.frame))
    guard let stray = buffers[index]?.stray, stray.end == segment.start else {
      let kept = TCPPendingSegment(segment, from: segment.start, to: segment.end)
      guard var buffer = take(index) else { return }
      let former = buffer.stray
      // A repetition of the stray segment does not confirm it.
      if former?.start != kept.start { buffer.stray = kept }
      put(buffer, index)
      if let former, former.start != kept.start { noteLoss(former.bytes.count, frame: former.frame, into: &consumer) }
      return
    }
    // What waits behind the old place goes first, then the stream is set to the new one.
    _ = takeStray(index)
    while table.connections[Int(slot)][side].buffer != SlotList.none {
      bridge(slot, side, time: segment.time, into: &consumer)
    }
    let gap = stray.start.serialDistance(from: table.connections[Int(slot)][side].next)
    lose(max(1, gap), slot, side, frame: stray.frame, into: &consumer)
    table.connections[Int(slot)][side].next = stray.start
    pass(stray, slot, side, time: stray.time, frame: stray.frame, into: &consumer)
    receiveInOrder(slot, side, segment, alreadyPassed: 0, into: &consumer)
  }

  /// Remembers where a direction ends.
  private mutating func noteEnd(_ slot: UInt32, _ side: EndpointPair.Side, _ segment: borrowing TCPSegmentData) {
    var state = table.connections[Int(slot)][side]
    guard !state.marks.contains(.ending),
      abs(segment.end.serialDistance(from: state.next)) <= limits.plausibleDistance
    else { return }
    state.end = segment.end
    state.marks.insert(.ending)
    table.connections[Int(slot)][side] = state
    // The last bytes may be what is missing: the end waits behind a hole as data does.
    if state.end.isSeriallyAfter(state.next) { _ = openBuffer(slot, side, time: segment.time, frame: segment.frame) }
  }

  /// Marks a direction whose bytes up to its FIN have all been passed on or given up.
  func isAtEnd(_ state: TCPSide) -> Bool {
    state.marks.contains(.ending) && !state.end.isSeriallyAfter(state.next)
  }

  mutating func settle(_ slot: UInt32, _ side: EndpointPair.Side) {
    if isAtEnd(table.connections[Int(slot)][side]) {
      table.connections[Int(slot)][side].marks.insert(.finished)
    }
  }
}
