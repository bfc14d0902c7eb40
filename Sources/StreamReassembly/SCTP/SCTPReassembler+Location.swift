import ByteReading
import CaptureFacts

extension SCTPReassembler {
  /// Finds the association of a packet, and which end sent it; begins one where there is none. Nil for a packet that
  /// belongs to nothing and begins nothing (RFC 9260 section 8.4).
  mutating func locate<Consumer: StreamConsumer & ~Copyable>(
    _ arrival: SCTPArrival, _ payload: RawSpan, into consumer: inout Consumer
  ) -> (slot: UInt32, sender: SCTPAssociation.End)? {
    let first = SCTPChunkType(rawValue: payload.byte(at: 0))
    if let path = table.paths[arrival.pair] {
      let isLow = EndpointPair.sender(arrival.source, arrival.destination) == .low
      let sender = isLow ? path.low : path.low.other
      if first == .initiation {
        guard table.associations[Int(path.slot)].phase == .closed,
          !isRepeatedInitiation(payload, path.slot, sender)
        else { return (path.slot, sender) }
        close(path.slot, into: &consumer)
      } else if accepts(arrival, payload, path.slot, sender, first, into: &consumer) {
        return (path.slot, sender)
      }
    }
    if first != .initiation, let found = locateByTag(arrival, into: &consumer) { return found }
    switch first {
    case .abort, .shutdownComplete: return nil
    case .some, nil: break
    }
    // Whoever was here on this path before is gone: another tag says so.
    if let former = table.paths[arrival.pair] {
      guard first != nil, first != .shutdown else { return nil }
      close(former.slot, into: &consumer)
    }
    let place = open(arrival, first: first, into: &consumer)
    if arrival.tag != 0 { table.setTag(arrival.tag, place.slot, place.sender.other) }
    return place
  }

  /// Whether the tag of a packet on a known path is that of its receiver (RFC 9260 section 8.5); learns it where it is
  /// not known, and takes a completed restart into effect.
  private mutating func accepts<Consumer: StreamConsumer & ~Copyable>(
    _ arrival: SCTPArrival, _ payload: RawSpan, _ slot: UInt32, _ sender: SCTPAssociation.End,
    _ first: SCTPChunkType?, into consumer: inout Consumer
  ) -> Bool {
    let receiver = table.sides[SCTPAssociationTable.index(slot, sender.other)]
    if receiver.tag == arrival.tag { return true }
    let flags = payload.byte(at: 1)
    if first == .abort || first == .shutdownComplete, flags & 1 != 0 {
      // The T bit: the sender has no association and reflects the tag that it was sent (RFC 9260 section 8.5.1).
      return table.sides[SCTPAssociationTable.index(slot, sender)].tag.map { $0 == arrival.tag } ?? true
    }
    guard receiver.tag != nil else {
      if let other = table.receiver(
        tag: arrival.tag, from: arrival.source.port, to: arrival.destination.port), other.slot != slot
      {
        absorb(other, into: slot, sender, &consumer)
      }
      table.setTag(arrival.tag, slot, sender.other)
      return true
    }
    if let offer = receiver.offer, offer.tag == arrival.tag {
      // INIT ACK answers an INIT with its tag, and changes nothing yet.
      if first != .initiationAcknowledgment { restart(slot, sender, arrival, into: &consumer) }
      return true
    }
    let offered = table.sides[SCTPAssociationTable.index(slot, sender)].offer
    if first == .cookieEcho, offered != nil {
      restart(slot, sender, arrival, into: &consumer)
      table.setTag(arrival.tag, slot, sender.other)
      return true
    }
    return false
  }

  /// Finds an association by its tag, on a path that was not seen yet: an alternate one of multi-homed ends.
  private mutating func locateByTag<Consumer: StreamConsumer & ~Copyable>(
    _ arrival: SCTPArrival, into consumer: inout Consumer
  ) -> (slot: UInt32, sender: SCTPAssociation.End)? {
    guard arrival.tag != 0,
      let receiver = table.receiver(tag: arrival.tag, from: arrival.source.port, to: arrival.destination.port)
    else { return nil }
    let sender = receiver.end.other
    // Where both ends announced their addresses, no other ones belong to them: equal tags are then chance.
    let sources = table.sides[SCTPAssociationTable.index(receiver.slot, sender)].counts.announcedAddresses
    let destinations = table.sides[SCTPAssociationTable.index(receiver.slot, receiver.end)].counts.announcedAddresses
    if !sources.isEmpty, !destinations.isEmpty,
      !sources.contains(arrival.source.address) || !destinations.contains(arrival.destination.address)
    {
      return nil
    }
    if table.paths[arrival.pair] == nil {
      let flow = table.associations[Int(receiver.slot)].health.flow
      let known = sender == .opener ? flow : flow.reversed
      noteSameHost(known.source.address, arrival.source.address, arrival, into: &consumer)
      noteSameHost(known.destination.address, arrival.destination.address, arrival, into: &consumer)
      addPath(receiver.slot, sender, arrival)
    }
    return (receiver.slot, sender)
  }

  /// Joins two halves of one association that were picked up mid-way on different paths, one direction on each: the
  /// ends of `other` are those of `slot`, and its bytes came from `sender`.
  private mutating func absorb<Consumer: StreamConsumer & ~Copyable>(
    _ other: SCTPAssociationTable.Receiver, into slot: UInt32, _ sender: SCTPAssociation.End, _ consumer: inout Consumer
  ) {
    let from = SCTPAssociationTable.index(other.slot, other.end.other)
    let to = SCTPAssociationTable.index(slot, sender)
    // Only halves are joined: nothing was seen of this end here, and nothing of its peer there.
    guard !table.sides[to].wasSeen,
      !table.sides[SCTPAssociationTable.index(other.slot, other.end)].wasSeen,
      table.associations[Int(other.slot)].phase != .closed
    else { return }
    let wasWaiting = isWaiting(slot)
    let otherWasWaiting = isWaiting(other.slot)
    let tag = table.sides[to].tag
    let otherTag = table.sides[from].tag
    table.clearTag(other.slot, other.end.other)
    table.sides.swapAt(from, to)
    table.sides[from] = SCTPAssociationSide()
    table.sides[to].tag = tag
    noteWaiting(slot, before: wasWaiting)
    noteWaiting(other.slot, before: otherWasWaiting)
    let pairs = table.associations[Int(other.slot)].pairs
    for pair in pairs where table.associations[Int(slot)].pairs.count < limits.pathsPerAssociation {
      guard let path = table.paths[pair] else { continue }
      // The ends of the other half have the names that they have here.
      let low = (path.low == other.end) == (sender == .opener) ? SCTPAssociation.End.responder : .opener
      table.paths[pair] = SCTPAssociation.Path(slot: slot, low: low)
      table.associations[Int(slot)].pairs.append(pair)
    }
    table.remove(other.slot)
    if tag == nil, let otherTag { table.setTag(otherTag, slot, sender) }
    consumer.close(slot: other.slot, transport: .sctp)
  }
}
