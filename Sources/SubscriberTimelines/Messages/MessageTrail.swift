import ByteReading
import CaptureFacts
import SIPMessages

/// What every record collects of its messages: the events on its time axis, the transactions on its hops, the hops
/// themselves.
struct MessageTrail {
  /// How long a second sight of the same bytes on the same way is still the same transmission, seen at another point:
  /// far below T1, the first retransmission (RFC 3261 section 17.1.1.2).
  static let copyInterval: Int64 = 100_000_000

  /// How long ago a message may have been sent for the next equal one to be its retransmission: 64*T1 (RFC 3261 section
  /// 17.1.1.2), the life of a transaction.
  static let transactionLife: Int64 = 32_000_000_000

  /// How many events a record keeps. A dialog of days with a keep-alive each second stays within memory; later events
  /// are counted in the coverage as evicted state.
  static let keptEvents = 4096

  /// What a message was to its record.
  enum Addition {
    /// The same transmission, seen once more.
    case copy
    /// The same message, sent once more.
    case retransmission
    /// A new message; the place of its transaction.
    case message(transaction: Int)
  }

  private(set) var events: [TimelineEvent] = []
  private(set) var transactions: [HopTransaction] = []
  private(set) var legs: [LegState] = []
  /// Frames beyond those of `events`: of copies, and of messages that lie in several frames.
  private(set) var otherFrames: [(frame: FrameReference, leg: Int)] = []
  /// Where its messages were seen.
  var points = CapturePointTally()
  /// The Call-IDs, in the order in which they were joined.
  var callIDs: [String] = []
  /// When the first message was seen.
  private(set) var start: Timestamp
  /// When the last one was seen.
  private(set) var end: Timestamp
  /// Events that were not kept.
  private(set) var eventsDropped = 0
  /// A bit for the last bits of each fingerprint in `events`: most messages are new, and then there is nothing to look for.
  private var fingerprintBits = (UInt64(0), UInt64(0))

  init(start: Timestamp) {
    self.start = start
    end = start
  }

  /// Notes that something of the record was seen at `time`.
  mutating func touch(_ time: Timestamp) {
    if time > end { end = time }
    if time < start { start = time }
  }

  /// Adds a SIP message. `dialog` is the place of its Call-ID.
  mutating func add(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, dialog: Int) -> Addition {
    touch(observed.time)
    if let earlier = event(seenBefore: observed, facts) {
      let mark = events[earlier].mark
      let sinceThen = abs(observed.time.nanoseconds(since: events[earlier].time))
      let isSameTransmission = mark != 0 && mark == observed.transmissionMark
      if sinceThen <= MessageTrail.copyInterval || isSameTransmission {
        events[earlier].copies &+= 1
        points.countCopy(at: observed.point)
        keepFrames(of: observed, leg: events[earlier].leg ?? -1, includingFirst: true)
        return .copy
      }
      let leg = events[earlier].leg ?? 0
      append(observed, facts, leg: leg, isRetransmission: true)
      if observed.message.isRequest, let place = transaction(of: facts, observed.message) {
        transactions[place].retransmissions += 1
        transactions[place].lastRequestTime = max(transactions[place].lastRequestTime, observed.time)
      }
      return .retransmission
    }
    let place =
      observed.message.isRequest
      ? addRequest(observed, facts, dialog: dialog) : addResponse(observed, facts, dialog: dialog)
    append(observed, facts, leg: transactions[place].leg, isRetransmission: false)
    return .message(transaction: place)
  }

  /// Adds a Diameter message of an exchange placed in this record.
  mutating func add(_ event: TimelineEvent) {
    touch(event.time)
    guard events.count < MessageTrail.keptEvents else {
      eventsDropped += 1
      return
    }
    // A message that is placed late still stands where it was seen.
    var place = events.count
    while place > 0, events[place - 1].time > event.time { place -= 1 }
    makeRoom(&events)
    events.insert(event, at: place)
  }

  private func event(seenBefore observed: Observed<SIPMessage>, _ facts: SIPFacts) -> Int? {
    guard mayHold(facts.fingerprint) else { return nil }
    let oldest = observed.time.advanced(byNanoseconds: -MessageTrail.transactionLife)
    var place = events.count - 1
    while place >= 0, events[place].time >= oldest {
      if events[place].fingerprint == facts.fingerprint { return place }
      place -= 1
    }
    return nil
  }

  private func mayHold(_ fingerprint: UInt64) -> Bool {
    (fingerprint & 64 == 0 ? fingerprintBits.0 : fingerprintBits.1) >> (fingerprint & 63) & 1 != 0
  }

  private mutating func noteHeld(_ fingerprint: UInt64) {
    let bit = UInt64(1) << (fingerprint & 63)
    if fingerprint & 64 == 0 { fingerprintBits.0 |= bit } else { fingerprintBits.1 |= bit }
  }

  private mutating func append(
    _ observed: Observed<SIPMessage>, _ facts: SIPFacts, leg: Int, isRetransmission: Bool
  ) {
    keepFrames(of: observed, leg: leg, includingFirst: false)
    points.countMessage(at: observed.point)
    if observed.path.contains(.esp) { legs[leg].isProtected = true }
    guard events.count < MessageTrail.keptEvents else {
      eventsDropped += 1
      return
    }
    let message = observed.message
    var event = TimelineEvent(
      time: observed.time, frame: observed.frame, from: facts.from, to: facts.to, transport: observed.flow.transport,
      kind: message.isRequest ? .request(message.method) : .response(status: message.status, method: message.method),
      isRetransmission: isRetransmission, copies: 0, point: observed.point, fingerprint: facts.fingerprint,
      mark: observed.transmissionMark)
    event.leg = leg
    noteHeld(facts.fingerprint)
    makeRoom(&events)
    events.append(event)
  }

  /// Lets an array grow by a quarter, not by its double: thousands of records hold some.
  private func makeRoom<Element>(_ elements: inout [Element]) {
    guard elements.count == elements.capacity else { return }
    elements.reserveCapacity(elements.count + max(2, elements.count / 4))
  }

  private mutating func keepFrames(of observed: Observed<SIPMessage>, leg: Int, includingFirst: Bool) {
    guard otherFrames.count < MessageTrail.keptEvents else { return }
    if includingFirst { otherFrames.append((observed.frame, leg)) }
    for frame in observed.otherFrames { otherFrames.append((frame, leg)) }
  }

  /// Notes further frames of the message of an event, and where they are a copy, at which point.
  mutating func noteFrames(_ frames: [FrameReference], ofEvent place: Int, copyAt point: CapturePointHandle?) {
    guard otherFrames.count < MessageTrail.keptEvents else { return }
    let leg = events[place].leg ?? -1
    for frame in frames { otherFrames.append((frame, leg)) }
    guard let point else { return }
    events[place].copies &+= 1
    points.countCopy(at: point)
  }

  /// Whether a transaction belongs to the dialog that the record began with.
  func isOfFirstDialog(_ transaction: Int) -> Bool {
    legs[transactions[transaction].leg].dialog == 0
  }

  /// The transaction that a message belongs to: topmost Via and CSeq (RFC 3261 sections 17.1.3 and 17.2.3), on its hop.
  func transaction(of facts: SIPFacts, _ message: SIPMessage) -> Int? {
    let sender = message.isRequest ? facts.from : facts.to
    return transactions.lastIndex {
      $0.branch == facts.branch && $0.cseq == message.cseqNumber && $0.method == message.method && $0.from == sender
    }
  }

  /// When a transaction was over: its final response, or, where the capture misses that, the final response to the same
  /// request nearer to who sent it, which a proxy gives only once it has its own (RFC 3261 section 16.7). Of a REGISTER,
  /// which nobody forks, any hop tells.
  func end(of transaction: HopTransaction) -> Timestamp? {
    if let time = transaction.finalTime { return time }
    var end: Timestamp?
    for other in transactions
    where other.cseq == transaction.cseq && other.method == transaction.method
      && (other.viaCount < transaction.viaCount || other.method == .register)
    {
      guard let time = other.finalTime, legs[other.leg].dialog == legs[transaction.leg].dialog else { continue }
      end = min(end ?? time, time)
    }
    return end
  }

  /// Whether the receiver of a request had sent it on by `time`: then it had asked all that it had to ask, unless another
  /// has to be chosen because the one that it was sent to failed.
  func hasPassedOn(
    _ transaction: HopTransaction, at node: NodeHandle, before time: Timestamp, _ nodes: NodeDirectory
  ) -> Bool {
    transactions.contains {
      $0.cseq == transaction.cseq && $0.method == transaction.method && $0.viaCount > transaction.viaCount
        && nodes.root($0.from) == nodes.root(node) && $0.finalStatus < 300
        && $0.requestTime.map { $0 < time } ?? false
    }
  }

  private mutating func addRequest(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, dialog: Int) -> Int {
    let message = observed.message
    if let place = transaction(of: facts, message) {
      if transactions[place].requestTime == nil {
        transactions[place].requestTime = observed.time
        transactions[place].frame = observed.frame
      } else {
        // The same transaction with other bytes: a retransmission that the sender wrote anew.
        transactions[place].retransmissions += 1
        transactions[place].lastRequestTime = max(transactions[place].lastRequestTime, observed.time)
      }
      return place
    }
    let place = transactions.count
    let leg =
      legOfInvite(facts, message)
      ?? leg(
        from: facts.from, to: facts.to, dialog: dialog, viaCount: facts.viaCount,
        isInitial: facts.toTag == nil, transport: observed.flow.transport, time: observed.time, transaction: place,
        cseq: message.cseqNumber, method: message.method)
    makeRoom(&transactions)
    transactions.append(
      HopTransaction(
        branch: facts.branch, cseq: message.cseqNumber, method: message.method, from: facts.from, to: facts.to,
        viaCount: facts.viaCount, leg: leg, isInDialog: facts.toTag != nil, requestTime: observed.time,
        frame: observed.frame, lastRequestTime: observed.time))
    if message.method == .invite, facts.toTag == nil {
      transactions[place].hasChargingIdentifier = message.parameter("icid-value", of: .pChargingVector) != nil
      transactions[place].isToTelephone = message.isToTelephone
    }
    return place
  }

  /// CANCEL, and ACK of a failure, have the branch of the INVITE that they are about, and a single Via however far they
  /// are from the caller (RFC 3261 sections 9.1 and 17.1.1.3): they travel its leg.
  private func legOfInvite(_ facts: SIPFacts, _ message: SIPMessage) -> Int? {
    guard message.method == .cancel || message.method == .ack else { return nil }
    return transactions.last {
      $0.method == .invite && $0.branch == facts.branch && $0.cseq == message.cseqNumber && $0.from == facts.from
    }?.leg
  }

  private mutating func addResponse(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, dialog: Int) -> Int {
    let message = observed.message
    let place =
      transaction(of: facts, message)
      ?? {
        // The request is not in the capture: the response tells its hop (its sender is where the response went).
        let place = transactions.count
        let leg = leg(
          from: facts.to, to: facts.from, dialog: dialog, viaCount: facts.viaCount, isInitial: false,
          transport: observed.flow.transport, time: observed.time, transaction: place, cseq: message.cseqNumber,
          method: message.method)
        makeRoom(&transactions)
        transactions.append(
          HopTransaction(
            branch: facts.branch, cseq: message.cseqNumber, method: message.method, from: facts.to, to: facts.from,
            viaCount: facts.viaCount, leg: leg, isInDialog: false, requestTime: nil, frame: observed.frame,
            lastRequestTime: observed.time))
        return place
      }()
    transactions[place].note(status: message.status, time: observed.time, frame: observed.frame)
    if message.method == .invite, (200..<300).contains(message.status) {
      transactions[place].isAnsweredByItsEnd = message.hasContact(at: observed.flow.source.address)
    }
    return place
  }

  /// The leg that a request travels: the one that an initial request opened between the same two nodes at the same
  /// distance, or for a later request of the dialog the one it follows, in either direction.
  private mutating func leg(
    from: NodeHandle, to: NodeHandle, dialog: Int, viaCount: Int, isInitial: Bool, transport: TransportProtocol,
    time: Timestamp, transaction: Int, cseq: UInt32, method: SIPMethod
  ) -> Int {
    if isInitial {
      if let leg = legs.firstIndex(where: {
        $0.dialog == dialog && $0.from == from && $0.to == to && ($0.viaCount == viaCount || !$0.isInitial)
          && !isFork($0, cseq: cseq, method: method)
      }) {
        return leg
      }
    } else {
      let forward = legs.firstIndex { $0.dialog == dialog && $0.from == from && $0.to == to }
      let backward = legs.lastIndex { $0.dialog == dialog && $0.from == to && $0.to == from }
      // The first hop of a request shows whether it comes from the side that opened the dialog; later hops follow.
      let comesFromCallee = viaCount == 1 ? forward == nil : followsBackward(from: from, before: time)
      if let leg = comesFromCallee ? backward ?? forward : forward ?? backward { return leg }
    }
    legs.append(
      LegState(
        from: from, to: to, dialog: dialog, viaCount: viaCount, isInitial: isInitial, transport: transport,
        start: time, transaction: transaction))
    return legs.count - 1
  }

  /// Whether a request with this CSeq is another branch beside the one that opened the leg: a proxy that forks sends the
  /// same request on several (RFC 3261 section 16.7).
  private func isFork(_ leg: LegState, cseq: UInt32, method: SIPMethod) -> Bool {
    guard leg.transaction < transactions.count else { return false }
    let opener = transactions[leg.transaction]
    return opener.cseq == cseq && opener.method == method
  }

  /// Whether the last request that reached `node` travelled its leg backwards.
  private func followsBackward(from node: NodeHandle, before time: Timestamp) -> Bool {
    guard let previous = transactions.last(where: { $0.to == node && $0.lastRequestTime <= time }),
      previous.leg < legs.count
    else { return false }
    return legs[previous.leg].from != previous.from
  }
}
