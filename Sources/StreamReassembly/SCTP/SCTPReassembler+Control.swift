import ByteReading
import CaptureFacts

extension SCTPReassembler {
  /// Takes a chunk that carries no user data. `chunk` is the whole chunk, its fixed part is there.
  mutating func receiveControl<Consumer: StreamConsumer & ~Copyable>(
    _ type: SCTPChunkType, _ slot: UInt32, _ sender: SCTPAssociation.End, _ chunk: RawSpan, _ arrival: SCTPArrival,
    into consumer: inout Consumer
  ) {
    switch type {
    case .initiation, .initiationAcknowledgment: receiveInitiation(type, slot, sender, chunk, arrival, into: &consumer)
    case .cookieEcho, .cookieAcknowledgment:
      let phase = table.associations[Int(slot)].phase
      if phase == .requested || phase == .unproven { table.move(slot, to: .open) }
    case .heartbeat: receiveHeartbeat(slot, sender, chunk, arrival, into: &consumer)
    case .heartbeatAcknowledgment:
      let content = contentKey.hash(chunk, in: 4..<chunk.byteCount).low
      table.sides[SCTPAssociationTable.index(slot, sender.other)].heartbeats.removeAll { $0.content == content }
    case .abort: receiveAbort(slot, sender, chunk, arrival, into: &consumer)
    case .shutdown: table.associations[Int(slot)].health.isShuttingDown = true
    case .shutdownComplete: enterClosed(slot, .shutDown, arrival)
    case .forwardTSN, .interleavedForwardTSN:
      let last = chunk.bigEndianUInt32(at: 4)
      table.sides[SCTPAssociationTable.index(slot, sender)].window.abandon(through: last)
    case .addressConfiguration: receiveAddressConfiguration(slot, sender, chunk, arrival, into: &consumer)
    case .data, .interleavedData: break
    }
  }

  /// Whether an INIT is the one that this end has sent already.
  func isRepeatedInitiation(_ payload: RawSpan, _ slot: UInt32, _ sender: SCTPAssociation.End) -> Bool {
    guard payload.byteCount >= SCTPChunkType.initiation.fixedLength else { return true }
    return table.sides[SCTPAssociationTable.index(slot, sender)].tag == payload.bigEndianUInt32(at: 4)
  }

  /// Takes INIT or INIT ACK (RFC 9260 sections 3.3.2 and 3.3.3).
  private mutating func receiveInitiation<Consumer: StreamConsumer & ~Copyable>(
    _ type: SCTPChunkType, _ slot: UInt32, _ sender: SCTPAssociation.End, _ chunk: RawSpan, _ arrival: SCTPArrival,
    into consumer: inout Consumer
  ) {
    let side = SCTPAssociationTable.index(slot, sender)
    let tag = chunk.bigEndianUInt32(at: 4)
    let first = chunk.bigEndianUInt32(at: 16)
    let phase = table.associations[Int(slot)].phase
    if phase == .requested, type == .initiationAcknowledgment || sender == .responder {
      // Answered, or both ends opened it at once (RFC 9260 section 5.2.1).
      table.move(slot, to: .unproven)
    } else if phase == .requested {
      // Repeated: its time begins anew.
      let pause = arrival.time.nanoseconds(since: table.associations[Int(slot)].listedTime)
      if pause >= limits.repetitionNanoseconds {
        consumer.note(
          TransportEvent(kind: .connectionRepeated, flow: arrival.flow, time: arrival.time, frame: arrival.frame))
      }
      table.associations[Int(slot)].listedTime = arrival.time
      table.move(slot, to: .requested)
    }
    guard table.sides[side].tag != tag || !table.sides[side].window.isStarted else { return }
    if phase == .open, table.sides[side].tag != tag {
      table.sides[side].offer = SCTPAssociationSide.Offer(tag: tag, firstTransmissionNumber: first)
    } else if phase != .closed {
      table.setTag(tag, slot, sender)
      // A direction picked up before its handshake is complete in the capture keeps what it has seen.
      if phase != .open || !table.sides[side].window.isStarted { table.sides[side].window.start(before: first) }
    }
    table.sides[side].counts.announcedAddresses = []
    announce(arrival.source.address, side, arrival, into: &consumer)
    for address in addresses(in: chunk, from: 20) { announce(address, side, arrival, into: &consumer) }
  }

  /// Keeps an address that one end gives as its own, and tells that it belongs to the host that the packet came from.
  private mutating func announce<Consumer: StreamConsumer & ~Copyable>(
    _ address: IPAddress, _ side: Int, _ arrival: SCTPArrival, into consumer: inout Consumer
  ) {
    guard table.sides[side].counts.announcedAddresses.count < limits.addressesPerSide,
      !table.sides[side].counts.announcedAddresses.contains(address)
    else { return }
    table.sides[side].counts.announcedAddresses.append(address)
    noteSameHost(arrival.source.address, address, arrival, into: &consumer)
  }

  /// The IPv4 and IPv6 address parameters (RFC 9260 section 3.3.2.1) from `start` on, as many as are remembered.
  private func addresses(in chunk: RawSpan, from start: Int) -> [IPAddress] {
    var found: [IPAddress] = []
    var offset = start
    while chunk.byteCount - offset >= 4, found.count < limits.addressesPerSide {
      let length = Int(chunk.bigEndianUInt16(at: offset + 2))
      guard length >= 4, length <= chunk.byteCount - offset else { break }
      if let address = address(in: chunk, at: offset, length: length) { found.append(address) }
      offset += (length + 3) & ~3
    }
    return found
  }

  /// The address of the parameter at `offset`; nil where it is another parameter.
  private func address(in chunk: RawSpan, at offset: Int, length: Int) -> IPAddress? {
    switch (chunk.bigEndianUInt16(at: offset), length) {
    case (5, 8): IPAddress(v4: chunk.bigEndianUInt32(at: offset + 4))
    case (6, 20):
      IPAddress(high: chunk.bigEndianUInt64(at: offset + 4), low: chunk.bigEndianUInt64(at: offset + 12))
    default: nil
    }
  }

  /// Takes ASCONF (RFC 5061 section 4.1.1): addresses that the sender adds and deletes.
  private mutating func receiveAddressConfiguration<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ sender: SCTPAssociation.End, _ chunk: RawSpan, _ arrival: SCTPArrival,
    into consumer: inout Consumer
  ) {
    let side = SCTPAssociationTable.index(slot, sender)
    var offset = 8
    while chunk.byteCount - offset >= 4 {
      let type = chunk.bigEndianUInt16(at: offset)
      let length = Int(chunk.bigEndianUInt16(at: offset + 2))
      guard length >= 4, length <= chunk.byteCount - offset else {
        noteMalformed(arrival, at: 0, into: &consumer)
        return
      }
      // Add IP Address and Delete IP Address hold a correlation number, then the address parameter (sections 4.2.1,
      // 4.2.2); the unspecified address stands for the one that the packet came from.
      if type == 0xc001 || type == 0xc002, length >= 12,
        var address = address(in: chunk, at: offset + 8, length: length - 8)
      {
        if address.isUnspecified { address = arrival.source.address }
        if type == 0xc001 {
          if table.sides[side].counts.announcedAddresses.isEmpty {
            announce(arrival.source.address, side, arrival, into: &consumer)
          }
          announce(address, side, arrival, into: &consumer)
        } else {
          table.sides[side].counts.announcedAddresses.removeAll { $0 == address }
        }
      }
      offset += (length + 3) & ~3
    }
  }

  /// Takes ABORT (RFC 9260 section 3.3.7): its first cause says why.
  private mutating func receiveAbort<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ sender: SCTPAssociation.End, _ chunk: RawSpan, _ arrival: SCTPArrival,
    into consumer: inout Consumer
  ) {
    let phase = table.associations[Int(slot)].phase
    guard phase != .closed else { return }
    let cause = chunk.byteCount >= 8 ? chunk.bigEndianUInt16(at: 4) : 0
    let isRefusal = phase == .requested && sender == .responder
    consumer.note(
      TransportEvent(
        kind: isRefusal ? .connectionRefused : .aborted(cause: cause), flow: arrival.flow.reversed, time: arrival.time,
        frame: arrival.frame))
    enterClosed(slot, isRefusal ? .refused(cause: cause) : .aborted(cause: cause), arrival)
  }

  /// Takes a HEARTBEAT (RFC 9260 section 8.3): one that was sent on the same path before and is unanswered has failed.
  private mutating func receiveHeartbeat<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ sender: SCTPAssociation.End, _ chunk: RawSpan, _ arrival: SCTPArrival,
    into consumer: inout Consumer
  ) {
    let side = SCTPAssociationTable.index(slot, sender)
    let content = contentKey.hash(chunk, in: 4..<chunk.byteCount).low
    let flow = arrival.flow
    // A copy from another tap.
    guard !table.sides[side].heartbeats.contains(where: { $0.content == content && $0.flow == flow }) else { return }
    expireHeartbeats(slot, sender, before: arrival.time, on: flow, into: &consumer)
    if let path = healthPath(slot, flow) { table.associations[Int(slot)].health.paths[path].heartbeats &+= 1 }
    if table.sides[side].heartbeats.count >= limits.heartbeatsPerSide { table.sides[side].heartbeats.removeFirst() }
    table.sides[side].heartbeats.append(
      SCTPAssociationSide.Heartbeat(
        content: content, flow: flow, time: arrival.time, frame: arrival.frame))
  }

  /// Where the health of an association has this directed path.
  private func healthPath(_ slot: UInt32, _ flow: Flow) -> Int? {
    table.associations[Int(slot)].health.paths.firstIndex { $0.flow == flow }
  }

  /// Tells which heartbeats, of one path or of all, have not been answered in time. Where no packet of the other end was
  /// captured, that tells nothing.
  mutating func expireHeartbeats<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ sender: SCTPAssociation.End, before time: Timestamp, on flow: Flow? = nil,
    into consumer: inout Consumer
  ) {
    let side = SCTPAssociationTable.index(slot, sender)
    guard !table.sides[side].heartbeats.isEmpty else { return }
    let isAnswerVisible = table.sides[SCTPAssociationTable.index(slot, sender.other)].wasSeen
    var kept: [SCTPAssociationSide.Heartbeat] = []
    for heartbeat in table.sides[side].heartbeats {
      guard flow == nil || heartbeat.flow == flow,
        time.nanoseconds(since: heartbeat.time) >= limits.heartbeatNanoseconds
      else {
        kept.append(heartbeat)
        continue
      }
      guard isAnswerVisible else { continue }
      if let path = healthPath(slot, heartbeat.flow) {
        table.associations[Int(slot)].health.paths[path].heartbeatsUnanswered &+= 1
      }
      consumer.note(
        TransportEvent(
          kind: .heartbeatUnanswered, flow: heartbeat.flow, time: heartbeat.time, frame: heartbeat.frame))
    }
    table.sides[side].heartbeats = kept
  }

  /// Takes a restart into effect (RFC 9260 section 5.2.4): the association goes on in its slot with new tags and TSNs,
  /// and nothing of what it had under way.
  mutating func restart<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ sender: SCTPAssociation.End, _ arrival: SCTPArrival, into consumer: inout Consumer
  ) {
    endTransmission(slot, into: &consumer)
    consumer.close(slot: slot, transport: .sctp)
    for end in [sender, sender.other] {
      let side = SCTPAssociationTable.index(slot, end)
      table.sides[side].heartbeats = []
      if let offer = table.sides[side].offer {
        table.sides[side].offer = nil
        table.setTag(offer.tag, slot, end)
        table.sides[side].window.start(before: offer.firstTransmissionNumber)
      }
    }
    table.associations[Int(slot)].health.restarts &+= 1
    table.associations[Int(slot)].health.isShuttingDown = false
    consumer.note(
      TransportEvent(kind: .restarted, flow: arrival.flow, time: arrival.time, frame: arrival.frame))
  }
}
