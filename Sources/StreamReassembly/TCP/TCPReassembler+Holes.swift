import ByteReading
import CaptureFacts

extension TCPReassembler {
  /// Gives up the holes in front of this direction that need not be waited for any longer.
  mutating func bridgeWhereDue<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, time: Timestamp, into consumer: inout Consumer
  ) {
    let index = table.connections[Int(slot)][side].buffer
    guard index != SlotList.none else { return }
    buffers[Int(index)]?.hole.packets += 1
    guard let hole = buffers[Int(index)]?.hole else { return }
    let waited = time.nanoseconds(since: hole.since)
    if hole.packets > limits.holePackets {
      bridge(slot, side, time: time, into: &consumer)
      return
    }
    // What the receiver has acknowledged it has, so the capture lacks it, unless it comes a moment late.
    guard let acknowledged = hole.acknowledged,
      hole.packets >= limits.acknowledgedHolePackets || waited >= limits.acknowledgedHoleNanoseconds
    else { return }
    while let target = holeEnd(slot, side), !target.isSeriallyAfter(acknowledged) {
      bridge(slot, side, time: time, into: &consumer)
    }
  }

  /// Where the hole in front of a direction ends: at the first data that waits, or at its FIN.
  private func holeEnd(_ slot: UInt32, _ side: EndpointPair.Side) -> UInt32? {
    let state = table.connections[Int(slot)][side]
    guard state.buffer != SlotList.none else { return nil }
    if let first = buffers[Int(state.buffer)]?.first { return first.start }
    return state.marks.contains(.ending) && state.end.isSeriallyAfter(state.next) ? state.end : nil
  }

  /// Gives up the hole in front of a direction: counts its bytes as lost and passes on what waited behind it. That was
  /// whole when it was captured, so it keeps its own time and frame. A stray segment that nothing continued is given up
  /// with the last hole.
  mutating func bridge<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, time: Timestamp, into consumer: inout Consumer
  ) {
    let state = table.connections[Int(slot)][side]
    guard state.buffer != SlotList.none, let hole = buffers[Int(state.buffer)]?.hole else { return }
    if let target = holeEnd(slot, side) {
      let missing = target.serialDistance(from: state.next)
      if missing > 0 { lose(missing, slot, side, frame: hole.frame, into: &consumer) }
      table.connections[Int(slot)][side].next = target
    } else if let stray = takeStray(Int(state.buffer)) {
      noteLoss(stray.bytes.count, frame: stray.frame, into: &consumer)
    }
    drain(slot, side, time: time, filledBy: nil, into: &consumer)
    settle(slot, side)
  }

  /// Passes on all that waits and is in order now. `filledBy` is the frame that closed the hole; nil where it was given
  /// up.
  mutating func drain<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, time: Timestamp, filledBy frame: FrameReference?,
    into consumer: inout Consumer
  ) {
    let index = Int(table.connections[Int(slot)][side].buffer)
    var hasPassed = false
    while let first = buffers[index]?.first,
      !first.start.isSeriallyAfter(table.connections[Int(slot)][side].next)
    {
      guard var buffer = take(index), let segment = buffer.removeFirst() else { break }
      put(buffer, index)
      hasPassed = true
      pass(
        segment, slot, side, time: frame == nil ? segment.time : time, frame: frame ?? segment.frame, into: &consumer)
    }
    let state = table.connections[Int(slot)][side]
    let isEndAhead = state.marks.contains(.ending) && state.end.isSeriallyAfter(state.next)
    if buffers[index]?.isEmpty ?? true, !isEndAhead {
      closeBuffer(slot, side)
    } else if hasPassed || frame == nil {
      // Another hole is in front now, and is waited for on its own.
      buffers[index]?.hole.since = time
      buffers[index]?.hole.packets = 0
      bufferLinks.remove(UInt32(truncatingIfNeeded: index), from: &holes)
      bufferLinks.append(UInt32(truncatingIfNeeded: index), to: &holes)
      expect(time.advanced(byNanoseconds: limits.holeNanoseconds))
    }
  }

  /// Passes on one segment that waited, as far as it is new.
  mutating func pass<Consumer: StreamConsumer & ~Copyable>(
    _ segment: TCPPendingSegment, _ slot: UInt32, _ side: EndpointPair.Side, time: Timestamp, frame: FrameReference,
    into consumer: inout Consumer
  ) {
    let next = table.connections[Int(slot)][side].next
    let alreadyPassed = max(0, next.serialDistance(from: segment.start))
    guard segment.end.isSeriallyAfter(next) else { return }
    if alreadyPassed < segment.bytes.count {
      unsafe deliver(
        slot, side, segment.bytes.span.bytes.extracting(alreadyPassed..<segment.bytes.count),
        start: segment.start &+ UInt32(truncatingIfNeeded: alreadyPassed), carrier: segment.frame, time: time,
        frame: frame, path: segment.path, point: segment.point, into: &consumer)
    }
    table.connections[Int(slot)][side].next = segment.end
    let missing = segment.end.serialDistance(from: segment.start) - max(alreadyPassed, segment.bytes.count)
    if missing > 0 { lose(missing, slot, side, frame: segment.frame, into: &consumer) }
  }

  /// Hands bytes to the consumer.
  mutating func deliver<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, _ bytes: RawSpan, start: UInt32, carrier: FrameReference,
    time: Timestamp, frame: FrameReference, path: LayerPath, point: CapturePointHandle, into consumer: inout Consumer
  ) {
    let index = Int(slot)
    let lost = table.connections[index][side].lost
    table.connections[index][side].lost = 0
    table.connections[index][side].marks.insert(.carriedData)
    let chunk = StreamChunk(
      stream: StreamIdentifier(slot: slot, direction: table.connections[index].direction(side)),
      flow: table.connections[index].pair.flow(from: side, over: .tcp), time: time, frame: frame, carrier: carrier,
      lostBytesBefore: Int(lost), transmissionMark: start, path: path, point: point, bytes: bytes)
    consumer.receive(chunk)
  }

  /// Counts bytes that the capture does not have.
  mutating func lose<Consumer: StreamConsumer & ~Copyable>(
    _ count: Int, _ slot: UInt32, _ side: EndpointPair.Side, frame: FrameReference, into consumer: inout Consumer
  ) {
    table.connections[Int(slot)][side].lose(count)
    noteLoss(count, frame: frame, into: &consumer)
  }

  func noteLoss<Consumer: StreamConsumer & ~Copyable>(
    _ count: Int, frame: FrameReference, into consumer: inout Consumer
  ) {
    consumer.note(Anomaly(kind: .streamBytesLost, layer: .tcp, frame: frame, detail: UInt32(clamping: count)))
  }

  /// The buffer of a direction, made where it has none.
  mutating func openBuffer(
    _ slot: UInt32, _ side: EndpointPair.Side, time: Timestamp, frame: FrameReference
  ) -> UInt32 {
    let present = table.connections[Int(slot)][side].buffer
    if present != SlotList.none { return present }
    let buffer = TCPReorderBuffer(slot: slot, side: side, hole: TCPHole(since: time, frame: frame))
    bufferedCost += buffer.totalCost
    let index: UInt32
    if let free = freeBuffers.popLast() {
      index = free
      buffers[Int(free)] = buffer
    } else {
      index = UInt32(truncatingIfNeeded: buffers.count)
      buffers.append(buffer)
      bufferLinks.addSlot()
    }
    bufferLinks.append(index, to: &holes)
    table.connections[Int(slot)][side].buffer = index
    expect(time.advanced(byNanoseconds: limits.holeNanoseconds))
    return index
  }

  private mutating func closeBuffer(_ slot: UInt32, _ side: EndpointPair.Side) {
    let index = table.connections[Int(slot)][side].buffer
    table.connections[Int(slot)][side].buffer = SlotList.none
    bufferLinks.remove(index, from: &holes)
    bufferedCost -= buffers[Int(index)]?.totalCost ?? 0
    buffers[Int(index)] = nil
    freeBuffers.append(index)
  }

  /// Takes a buffer out to change it in place; `put` puts it back and counts what it takes up.
  mutating func take(_ index: Int) -> TCPReorderBuffer? {
    let buffer = buffers[index].take()
    bufferedCost -= buffer?.totalCost ?? 0
    return buffer
  }

  /// Takes the stray segment out of a buffer.
  mutating func takeStray(_ index: Int) -> TCPPendingSegment? {
    guard let stray = buffers[index]?.stray.take() else { return nil }
    bufferedCost -= stray.cost
    return stray
  }

  mutating func put(_ buffer: consuming TCPReorderBuffer, _ index: Int) {
    bufferedCost += buffer.totalCost
    buffers[index] = consume buffer
  }
}
