import ByteReading
import CaptureFacts

extension SCTPReassembler {
  /// Does what is due by packet time: gives up unanswered requests and the memory of associations that are over. Costs
  /// one comparison where nothing is due.
  public mutating func advance<Consumer: StreamConsumer & ~Copyable>(
    to time: Timestamp, into consumer: inout Consumer
  ) {
    guard time >= nextDue else { return }
    nextDue = Timestamp(nanoseconds: .max)
    while table.unproven.first != SlotList.none {
      let since = table.associations[Int(table.unproven.first)].listedTime
      guard time.nanoseconds(since: since) >= limits.handshakeNanoseconds else {
        nextDue = min(nextDue, since.advanced(byNanoseconds: limits.handshakeNanoseconds))
        break
      }
      close(table.unproven.first, into: &consumer)
    }
    while table.closed.first != SlotList.none {
      let since = table.associations[Int(table.closed.first)].listedTime
      guard time.nanoseconds(since: since) >= limits.lingerNanoseconds else {
        nextDue = min(nextDue, since.advanced(byNanoseconds: limits.lingerNanoseconds))
        break
      }
      close(table.closed.first, into: &consumer)
    }
  }

  /// Ends the input: tells which requests and heartbeats were not answered, and closes every association.
  public mutating func finish<Consumer: StreamConsumer & ~Copyable>(into consumer: inout Consumer) {
    for index in table.associations.indices where table.associations[index].phase != .free {
      close(UInt32(truncatingIfNeeded: index), into: &consumer)
    }
    nextDue = Timestamp(nanoseconds: .max)
  }

  /// Begins an association with the packet that shows it first; where the table is full, the least needed one goes.
  mutating func open<Consumer: StreamConsumer & ~Copyable>(
    _ arrival: SCTPArrival, first: SCTPChunkType?, into consumer: inout Consumer
  ) -> (slot: UInt32, sender: SCTPAssociation.End) {
    if table.count >= limits.associations, table.leastNeeded != SlotList.none {
      let slot = table.leastNeeded
      if table.associations[Int(slot)].phase != .closed {
        consumer.note(Anomaly(kind: .streamEvicted, layer: .sctp, frame: arrival.frame))
        // Not unanswered: its time is not over.
        table.move(slot, to: .open)
      }
      close(slot, into: &consumer)
    }
    // INIT ACK and COOKIE ACK come from the end that was asked.
    let isAnswer = first == .initiationAcknowledgment || first == .cookieAcknowledgment
    let sender: SCTPAssociation.End = isAnswer ? .responder : .opener
    let flow = isAnswer ? arrival.flow.reversed : arrival.flow
    let health = SCTPAssociationHealth(slot: 0, flow: flow, time: arrival.time, frame: arrival.frame)
    let association = SCTPAssociation(
      openerPort: flow.source.port, responderPort: flow.destination.port, listedTime: arrival.time, health: health)
    let isHandshake = isAnswer || first == .initiation || first == .cookieEcho
    let slot = table.insert(association, as: first == .initiation ? .requested : isHandshake ? .unproven : .open)
    if Int(slot) == waitingLinks.count { waitingLinks.addSlot() }
    if isHandshake { nextDue = min(nextDue, arrival.time.advanced(byNanoseconds: limits.handshakeNanoseconds)) }
    addPath(slot, sender, arrival)
    return (slot, sender)
  }

  /// Tells that two addresses are of one end of an association, and so of one host (RFC 9260 section 6.4).
  func noteSameHost<Consumer: StreamConsumer & ~Copyable>(
    _ known: IPAddress, _ other: IPAddress, _ arrival: SCTPArrival, into consumer: inout Consumer
  ) {
    guard known != other, !other.isUnspecified else { return }
    var flow = arrival.flow
    flow.source.address = known
    consumer.note(
      TransportEvent(kind: .sameHost(other), flow: flow, time: arrival.time, frame: arrival.frame))
  }

  /// Remembers that packets of an association go between these addresses.
  mutating func addPath(_ slot: UInt32, _ sender: SCTPAssociation.End, _ arrival: SCTPArrival) {
    guard table.associations[Int(slot)].pairs.count < limits.pathsPerAssociation else { return }
    let isLow = EndpointPair.sender(arrival.source, arrival.destination) == .low
    table.paths[arrival.pair] = SCTPAssociation.Path(slot: slot, low: isLow ? sender : sender.other)
    table.associations[Int(slot)].pairs.append(arrival.pair)
  }

  /// Notes that a packet of an association was seen on its path.
  mutating func touch(_ slot: UInt32, _ sender: SCTPAssociation.End, _ arrival: SCTPArrival) {
    let index = Int(slot)
    table.sides[SCTPAssociationTable.index(slot, sender)].wasSeen = true
    table.associations[index].health.lastTime = arrival.time
    table.associations[index].health.lastFrame = arrival.frame
    if let path = pathIndex(slot, sender, arrival) { table.associations[index].health.paths[path].packets &+= 1 }
    let age = arrival.time.nanoseconds(since: table.associations[index].listedTime)
    guard age >= limits.listingNanoseconds || age <= -limits.listingNanoseconds else { return }
    table.associations[index].listedTime = arrival.time
    table.move(slot, to: table.associations[index].phase)
  }

  /// The index of the path of a packet in the health of its association, made where it is new; nil beyond the bound, and
  /// where the addresses lead to another association.
  private mutating func pathIndex(_ slot: UInt32, _ sender: SCTPAssociation.End, _ arrival: SCTPArrival) -> Int? {
    guard var path = table.paths[arrival.pair], path.slot == slot else { return nil }
    let isLow = EndpointPair.sender(arrival.source, arrival.destination) == .low
    if let known = isLow ? path.fromLow : path.fromHigh { return Int(known) }
    let count = table.associations[Int(slot)].health.paths.count
    guard count < min(limits.pathsPerAssociation, Int(UInt8.max)) else { return nil }
    if isLow {
      path.fromLow = UInt8(truncatingIfNeeded: count)
    } else {
      path.fromHigh = UInt8(truncatingIfNeeded: count)
    }
    table.paths[arrival.pair] = path
    table.associations[Int(slot)].health.paths.append(
      SCTPAssociationHealth.Path(flow: arrival.flow, isFromOpener: sender == .opener))
    return count
  }

  /// Remembers an association that is over for a while.
  mutating func enterClosed(_ slot: UInt32, _ ending: SCTPAssociationHealth.Ending, _ arrival: SCTPArrival) {
    guard table.associations[Int(slot)].phase != .closed else { return }
    table.associations[Int(slot)].health.ending = ending
    table.associations[Int(slot)].health.endingFrame = arrival.frame
    table.associations[Int(slot)].listedTime = arrival.time
    table.move(slot, to: .closed)
    nextDue = min(nextDue, arrival.time.advanced(byNanoseconds: limits.lingerNanoseconds))
  }

  /// Tells what an association went through, and frees its slot.
  mutating func close<Consumer: StreamConsumer & ~Copyable>(_ slot: UInt32, into consumer: inout Consumer) {
    endTransmission(slot, into: &consumer)
    let association = table.associations[Int(slot)]
    if association.phase == .requested {
      table.associations[Int(slot)].health.ending = .unanswered
      consumer.note(
        TransportEvent(
          kind: .connectionUnanswered, flow: association.health.flow, time: association.health.lastTime,
          frame: association.health.lastFrame))
    }
    let sides = [SCTPAssociation.End.opener, .responder].map { table.sides[SCTPAssociationTable.index(slot, $0)] }
    if sides.contains(where: { $0.counts.dataChunks > 0 }), sides.contains(where: { !$0.wasSeen }) {
      consumer.note(Anomaly(kind: .streamSidesUnseen, layer: .sctp, frame: association.health.firstFrame))
    }
    consumer.note(assembledHealth(slot))
    table.remove(slot)
    consumer.close(slot: slot, transport: .sctp)
  }

  /// Gives up what both ends have under way: fragments, TSNs that did not come, heartbeats.
  mutating func endTransmission<Consumer: StreamConsumer & ~Copyable>(_ slot: UInt32, into consumer: inout Consumer) {
    let health = table.associations[Int(slot)].health
    for end in [SCTPAssociation.End.opener, .responder] {
      expireHeartbeats(slot, end, before: health.lastTime, into: &consumer)
      let side = SCTPAssociationTable.index(slot, end)
      table.sides[side].window.finish()
      let missing = table.sides[side].window.missing
      table.sides[side].counts.missingChunks &+= missing
      if missing > 0 {
        consumer.note(
          Anomaly(
            kind: .transmissionsMissing, layer: .sctp, frame: health.lastFrame, detail: UInt32(clamping: missing)))
      }
      if !table.sides[side].fragments.isEmpty {
        consumer.note(Anomaly(kind: .fragmentsIncomplete, layer: .sctp, frame: health.lastFrame))
      }
    }
    let wasWaiting = isWaiting(slot)
    for end in [SCTPAssociation.End.opener, .responder] {
      let side = SCTPAssociationTable.index(slot, end)
      fragmentCost -= table.sides[side].fragments.cost
      table.sides[side].fragments = SCTPFragmentStore()
      table.sides[side].window = SCTPTransmissionWindow()
    }
    noteWaiting(slot, before: wasWaiting)
  }

  func assembledHealth(_ slot: UInt32) -> SCTPAssociationHealth {
    var health = table.associations[Int(slot)].health
    health.opener = table.sides[SCTPAssociationTable.index(slot, .opener)].counts
    health.responder = table.sides[SCTPAssociationTable.index(slot, .responder)].counts
    return health
  }
}
