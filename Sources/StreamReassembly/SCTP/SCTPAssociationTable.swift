import CaptureFacts

/// All SCTP associations: found by a pair of addresses with their ports, or, on a path not seen yet, by the verification
/// tag with the ports (RFC 9260 section 8.5); and in lists by age so that the one idle longest is at hand.
struct SCTPAssociationTable: Sendable {
  /// The receiver of a tag.
  struct Receiver: Sendable {
    var slot: UInt32
    var end: SCTPAssociation.End
  }

  /// By slot, free ones among them.
  var associations: [SCTPAssociation] = []

  /// Two for each slot: that of the opener, then that of the responder.
  var sides: [SCTPAssociationSide] = []

  /// The addresses with ports that packets went between.
  var paths: [EndpointPair: SCTPAssociation.Path] = [:]

  /// How many slots are in use.
  private(set) var count = 0

  private(set) var unproven = SlotList.Ends()
  private(set) var open = SlotList.Ends()
  private(set) var closed = SlotList.Ends()

  private var receivers: [UInt64: Receiver] = [:]
  private var links = SlotList()
  private var free: [UInt32] = []

  /// The index of one end in `sides`.
  static func index(_ slot: UInt32, _ end: SCTPAssociation.End) -> Int {
    Int(slot) * 2 + Int(end.rawValue)
  }

  /// Who receives packets with this tag from one port to another.
  func receiver(tag: UInt32, from source: UInt16, to destination: UInt16) -> Receiver? {
    receivers[SCTPAssociationTable.key(tag, source, destination)]
  }

  /// Sets the tag of one end.
  mutating func setTag(_ tag: UInt32, _ slot: UInt32, _ end: SCTPAssociation.End) {
    clearTag(slot, end)
    sides[SCTPAssociationTable.index(slot, end)].tag = tag
    receivers[key(tag, slot, end)] = Receiver(slot: slot, end: end)
  }

  /// Adds an association in a free slot.
  mutating func insert(_ association: SCTPAssociation, as phase: SCTPAssociation.Phase) -> UInt32 {
    let slot: UInt32
    if let unused = free.popLast() {
      slot = unused
      associations[Int(slot)] = association
    } else {
      slot = UInt32(truncatingIfNeeded: associations.count)
      associations.append(association)
      sides.append(SCTPAssociationSide())
      sides.append(SCTPAssociationSide())
      links.addSlot()
    }
    associations[Int(slot)].health.slot = slot
    associations[Int(slot)].phase = phase
    append(slot)
    count += 1
    return slot
  }

  /// Frees a slot and all that leads to it.
  mutating func remove(_ slot: UInt32) {
    clearTag(slot, .opener)
    clearTag(slot, .responder)
    for pair in associations[Int(slot)].pairs where paths[pair]?.slot == slot { paths[pair] = nil }
    associations[Int(slot)].pairs = []
    unlink(slot)
    associations[Int(slot)].phase = .free
    sides[SCTPAssociationTable.index(slot, .opener)] = SCTPAssociationSide()
    sides[SCTPAssociationTable.index(slot, .responder)] = SCTPAssociationSide()
    free.append(slot)
    count -= 1
  }

  /// Moves an association on to `phase`, behind all others that are in it.
  mutating func move(_ slot: UInt32, to phase: SCTPAssociation.Phase) {
    unlink(slot)
    associations[Int(slot)].phase = phase
    append(slot)
  }

  /// Which association is given up where there is room for no more.
  var leastNeeded: UInt32 {
    if closed.first != SlotList.none { return closed.first }
    return unproven.first != SlotList.none ? unproven.first : open.first
  }

  private static func key(_ tag: UInt32, _ source: UInt16, _ destination: UInt16) -> UInt64 {
    UInt64(tag) << 32 | UInt64(source) << 16 | UInt64(destination)
  }

  private func key(_ tag: UInt32, _ slot: UInt32, _ end: SCTPAssociation.End) -> UInt64 {
    let association = associations[Int(slot)]
    return end == .opener
      ? SCTPAssociationTable.key(tag, association.responderPort, association.openerPort)
      : SCTPAssociationTable.key(tag, association.openerPort, association.responderPort)
  }

  /// Forgets the tag of one end.
  mutating func clearTag(_ slot: UInt32, _ end: SCTPAssociation.End) {
    guard let tag = sides[SCTPAssociationTable.index(slot, end)].tag else { return }
    sides[SCTPAssociationTable.index(slot, end)].tag = nil
    let place = key(tag, slot, end)
    if receivers[place]?.slot == slot { receivers[place] = nil }
  }

  private mutating func append(_ slot: UInt32) {
    switch associations[Int(slot)].phase {
    case .free: break
    case .requested, .unproven: links.append(slot, to: &unproven)
    case .open: links.append(slot, to: &open)
    case .closed: links.append(slot, to: &closed)
    }
  }

  private mutating func unlink(_ slot: UInt32) {
    switch associations[Int(slot)].phase {
    case .free: break
    case .requested, .unproven: links.remove(slot, from: &unproven)
    case .open: links.remove(slot, from: &open)
    case .closed: links.remove(slot, from: &closed)
    }
  }
}
