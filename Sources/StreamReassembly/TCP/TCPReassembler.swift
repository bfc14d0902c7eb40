import ByteReading
import CaptureFacts
import PacketLayers

/// Puts the segments of TCP connections into the order of their bytes (RFC 9293), as far as the capture holds them.
///
/// Data in order is handed on borrowed from its packet. Data behind a hole is copied and waits, bounded in bytes, packets
/// and packet time, until the hole is filled, or until it is plain that the capture does not have what is missing.
public struct TCPReassembler: ~Copyable, Sendable {
  let limits: TCPLimits
  var table = TCPConnectionTable()

  /// Where data waits behind holes; the list `holes` has them in the order in which their holes were found.
  var buffers: [TCPReorderBuffer?] = []
  var bufferLinks = SlotList()
  var holes = SlotList.Ends()
  var freeBuffers: [UInt32] = []

  /// What all buffers take up.
  var bufferedCost = 0

  /// No timer is due before this.
  public internal(set) var nextDue = Timestamp(nanoseconds: .max)

  /// Makes a reassembler that has seen nothing yet.
  public init(limits: TCPLimits = .default) {
    self.limits = limits
  }

  /// How many connections are being followed, those closed moments ago among them.
  public var connectionCount: Int { table.count }

  /// How many bytes wait behind holes, with what it costs to keep them.
  public var bufferedBytes: Int { bufferedCost }

  /// Takes one segment and passes on what it makes deliverable.
  ///
  /// - Parameters:
  ///   - packet: the packet; its ends tell the connection, its `promisedPayloadLength` whether the capture cut it.
  ///   - header: its TCP header.
  ///   - payload: its payload, borrowed.
  ///   - time: when it was captured.
  ///   - frame: its frame.
  ///   - point: where it was captured.
  ///   - consumer: what takes data, events and anomalies.
  public mutating func receive<Consumer: StreamConsumer & ~Copyable>(
    _ packet: DecodedPacket, header: TCPSegmentHeader, payload: RawSpan, time: Timestamp, frame: FrameReference,
    point: CapturePointHandle, into consumer: inout Consumer
  ) {
    advance(to: time, into: &consumer)
    let pair = EndpointPair(packet.source, packet.destination)
    let side = EndpointPair.sender(packet.source, packet.destination)
    let synchronizes = header.flags.contains(.syn)
    // SYN takes one sequence number before the data (RFC 9293 section 3.4).
    let segment = TCPSegmentData(
      start: synchronizes ? header.sequenceNumber &+ 1 : header.sequenceNumber,
      length: max(packet.promisedPayloadLength, payload.byteCount), frame: frame, time: time, path: packet.path,
      point: point, bytes: payload)

    var slot = table.slot(of: pair)
    if slot != SlotList.none, beginsAnew(slot, side, header, segment) {
      close(slot, at: frame, time: time, into: &consumer)
      slot = SlotList.none
    }
    if slot == SlotList.none {
      // A reset of what was never seen tells nothing.
      guard !header.flags.contains(.rst) else { return }
      slot = open(pair, side, header, time: time, frame: frame, into: &consumer)
    }
    if header.flags.contains(.rst) {
      reset(slot, side, header, time: time, frame: frame, into: &consumer)
      return
    }
    if synchronizes { noteRepetition(slot, side, time: time, frame: frame, into: &consumer) }
    touch(slot, time: time, frame: frame, exactly: synchronizes)
    if synchronizes { synchronize(slot, side, initial: header.sequenceNumber) }
    if header.flags.contains(.ack) { acknowledge(slot, side, header.acknowledgmentNumber) }
    if segment.length > 0 || header.flags.contains(.fin) {
      receiveData(slot, side, segment, isLast: header.flags.contains(.fin), into: &consumer)
    }
    if table.connections[Int(slot)].low.buffer != SlotList.none
      || table.connections[Int(slot)].high.buffer != SlotList.none
    {
      bridgeWhereDue(slot, .low, time: time, into: &consumer)
      bridgeWhereDue(slot, .high, time: time, into: &consumer)
    }
    promote(slot, side, header, carriesData: segment.length > 0)
  }

  /// Whether a segment belongs to another connection than the one that its ends had before: a port used again.
  private func beginsAnew(
    _ slot: UInt32, _ side: EndpointPair.Side, _ header: TCPSegmentHeader, _ segment: borrowing TCPSegmentData
  ) -> Bool {
    let connection = table.connections[Int(slot)]
    let sender = connection[side]
    let isClosed = connection.phase == .closed
    guard header.flags.contains(.syn) else {
      // Data behind its own FIN: the SYN between was not captured.
      return isClosed && segment.length > 0 && sender.marks.contains(.finished)
        && segment.start.isSeriallyAfter(sender.end)
    }
    let isAnswer = header.flags.contains(.ack)
    if sender.marks.contains(.started) {
      if sender.initial == header.sequenceNumber {
        // The same SYN: repeated, or seen at another tap. Long after the end it is a sender that always begins with
        // the same number.
        return isClosed && segment.time.nanoseconds(since: connection.lastSeen) >= 2 * TCPReassembler.second
      }
      // A server that keeps nothing of a half-open connection may answer a repeated SYN with another number.
      return isClosed || sender.marks.contains(.carriedData) || !isAnswer
    }
    if isClosed { return true }
    // The other side was seen first, and acknowledged something else than this SYN.
    return sender.marks.contains(.presumed) && sender.next != segment.start
  }

  /// Tells of a SYN that was not answered and is sent again; what comes at once is its copy from another tap.
  private func noteRepetition<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, time: Timestamp, frame: FrameReference, into consumer: inout Consumer
  ) {
    let connection = table.connections[Int(slot)]
    guard connection.phase == .requested, side == connection.opener,
      time.nanoseconds(since: connection.lastSeen) >= limits.repetitionNanoseconds
    else { return }
    let flow = connection.pair.flow(from: side, over: .tcp)
    consumer.note(TransportEvent(kind: .connectionRepeated, flow: flow, time: time, frame: frame))
  }

  /// Takes over the sequence number of a SYN.
  private mutating func synchronize(_ slot: UInt32, _ side: EndpointPair.Side, initial: UInt32) {
    var state = table.connections[Int(slot)][side]
    guard !state.marks.contains(.synchronized) || state.initial != initial else { return }
    if !state.marks.contains(.carriedData) {
      state.next = initial &+ 1
      state.initial = initial
    }
    state.marks.remove(.presumed)
    state.marks.formUnion([.synchronized, .started])
    table.connections[Int(slot)][side] = state
  }

  /// Takes what `side` acknowledges of the other side's data.
  private mutating func acknowledge(_ slot: UInt32, _ side: EndpointPair.Side, _ number: UInt32) {
    var sender = table.connections[Int(slot)][side.other]
    if sender.marks.isDisjoint(with: [.started, .presumed]) {
      // The first byte to come from there has this number, unless it is captured out of order.
      sender.next = number
      sender.initial = number &- 1
      sender.marks.insert(.presumed)
      table.connections[Int(slot)][side.other] = sender
    } else if sender.buffer != SlotList.none {
      buffers[Int(sender.buffer)]?.hole.acknowledge(number)
    }
  }

  /// Takes a RST (RFC 9293 section 3.5.3).
  private mutating func reset<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ side: EndpointPair.Side, _ header: TCPSegmentHeader, time: Timestamp, frame: FrameReference,
    into consumer: inout Consumer
  ) {
    let connection = table.connections[Int(slot)]
    guard connection.phase != .closed else { return }
    let sender = connection[side]
    if connection.phase != .requested, sender.marks.contains(.started),
      abs(header.sequenceNumber.serialDistance(from: sender.next)) > limits.plausibleDistance
    {
      // Not of this connection; no end would believe it.
      return
    }
    let flow = connection.pair.flow(from: side.other, over: .tcp)
    if connection.phase == .requested, side != connection.opener {
      consumer.note(TransportEvent(kind: .connectionRefused, flow: flow, time: time, frame: frame))
    } else if !(connection.low.marks.contains(.ending) && connection.high.marks.contains(.ending)) {
      consumer.note(TransportEvent(kind: .aborted(cause: 0), flow: flow, time: time, frame: frame))
    }
    table.connections[Int(slot)][side].marks.insert(.seen)
    enterClosed(slot, time: time)
  }

  /// Moves the connection on as its segments tell.
  private mutating func promote(
    _ slot: UInt32, _ side: EndpointPair.Side, _ header: TCPSegmentHeader, carriesData: Bool
  ) {
    let index = Int(slot)
    if !table.connections[index][side].marks.contains(.seen) { table.connections[index][side].marks.insert(.seen) }
    switch table.connections[index].phase {
    case .free, .closed: return
    case .requested:
      let acknowledges = header.flags.contains(.ack) && !header.flags.contains(.syn)
      if side != table.connections[index].opener || acknowledges { table.move(slot, to: .unproven) }
    case .unproven, .open: break
    }
    if table.connections[index].phase == .unproven {
      let bothSeen =
        table.connections[index].low.marks.contains(.seen) && table.connections[index].high.marks.contains(.seen)
      if carriesData || bothSeen && !header.flags.contains(.syn) { table.move(slot, to: .open) }
    }
    if table.connections[index].low.marks.contains(.finished),
      table.connections[index].high.marks.contains(.finished)
    {
      enterClosed(slot, time: table.connections[index].lastSeen)
    }
  }

  static let second: Int64 = 1_000_000_000
}
