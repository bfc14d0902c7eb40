import ByteReading
import CaptureFacts

/// All streams of media that are going on. Datagrams go in as the capture shows them; streams come out when they are over.
/// A packet of a known stream costs one look-up and no allocation.
public struct MediaStreamTable: ~Copyable {
  /// Streams at once: both directions on both sides of a relay for some thousand calls.
  static let limit = 1 << 15

  /// How long a stream may be silent and be the same one, in nanoseconds: less than the time for which a call stays open
  /// behind its BYE, so that its streams are told before it is.
  static let idleTime: Int64 = 20_000_000_000

  /// How long a stream waits for its second packets where nothing announced it, in nanoseconds.
  static let probationTime: Int64 = 4_000_000_000

  /// How often silent streams are looked for, in nanoseconds.
  static let sweepInterval: Int64 = 2_000_000_000

  /// How many packets of one source, with the same payload type and in order, are media where nothing announced them: other
  /// protocols over UDP do not count so far by chance.
  static let establishingPackets = 8

  /// Payload types of one stream that are kept: two codecs, events and noise are usual.
  static let keptFormats = 8

  var states = StreamStateTable()
  /// Streams by addresses and source, for RTCP, which comes from other ports.
  private(set) var bySource: [MediaFlowKey: Int] = [:]
  private var expectations = ExpectationTable()
  private var messageSessions = MessageSessionTable()
  private var closed: [ObservedMediaStream] = []
  /// When silent streams are looked for next.
  public private(set) var nextSweep = Timestamp(nanoseconds: .min)
  /// Whether fax was announced anywhere.
  public private(set) var expectsFax = false
  /// The last frames of streams that were closed early for want of room.
  private var evictions: [FrameReference] = []
  /// Datagrams that looked like media and belong to no stream.
  public private(set) var unrecognised: UInt64 = 0
  /// Packets of streams that were told.
  public private(set) var packets: UInt64 = 0
  /// RTCP packets, compounds counted once.
  public internal(set) var controlPackets: UInt64 = 0

  /// Begins with nothing seen.
  public init() {}

  // MARK: - What is expected

  /// Takes what a session description announces.
  public mutating func expect(_ expectation: MediaExpectation, at time: Timestamp) {
    if expectation.kind == .fax { expectsFax = true }
    expectations.add(expectation, at: time)
  }

  // MARK: - Datagrams

  /// Takes a datagram that begins as RTP and RTCP do (`RTPHeader.hasVersion`).
  public mutating func receive(_ bytes: RawSpan, _ arrival: MediaArrival) {
    guard let header = RTPHeader(bytes) else {
      if RTCPPacket.begins(bytes) {
        receive(control: bytes, arrival)
      } else if expectsFax {
        receive(fax: bytes, arrival)
      } else {
        unrecognised &+= 1
      }
      return
    }
    if take(known: header, bytes, arrival) { return }
    open(MediaFlowKey(arrival.source, arrival.destination, header.source), header, bytes, arrival)
  }

  /// Takes a plain datagram of IPv4 where it is the next packet of a stream that is going on, and its payload type is that
  /// of the packet before; false where it is anything else, and then nothing was done. Such a packet changes its stream
  /// and nothing else: no stream begins or ends with it.
  public mutating func receive(known bytes: RawSpan, of flow: IPv4Flow, _ arrival: PacketArrival) -> Bool {
    guard let header = RTPHeader(bytes) else { return false }
    return states.offer(plain: flow, header.source) { $0.take(header, bytes, arrival) }
  }

  /// The same of a datagram between any endpoints.
  public mutating func receive(
    known bytes: RawSpan, from source: Endpoint, to destination: Endpoint, _ arrival: PacketArrival
  ) -> Bool {
    guard let header = RTPHeader(bytes) else { return false }
    let place = states.find(MediaFlowKey(source, destination, header.source))
    return place >= 0 && states[place].hasShortWay && states[place].take(header, bytes, arrival)
  }

  @inline(__always)
  private mutating func take(known header: RTPHeader, _ bytes: RawSpan, _ arrival: MediaArrival) -> Bool {
    let place = states.find(MediaFlowKey(arrival.source, arrival.destination, header.source))
    guard place >= 0 else { return false }
    if states[place].take(header, bytes, arrival.packet) { return true }
    refreshFormat(place, header, arrival)
    states[place].takeOfFormat(header, bytes, arrival.packet)
    return true
  }

  /// Takes a datagram that is neither SIP nor RTP: fax where a description announced it.
  public mutating func receive(fax bytes: RawSpan, _ arrival: MediaArrival) {
    guard bytes.byteCount >= 4, isFax(arrival) else { return }
    let number = bytes.bigEndianUInt16(at: 0)
    let key = MediaFlowKey(arrival.source, arrival.destination, 0)
    let place = states.find(key)
    if place >= 0 {
      states[place].take(faxSequence: number, bytes, arrival.packet)
      return
    }
    let format = PayloadFormat(payloadType: 0, codec: .other, clockRate: 0)
    var state = StreamState(
      key: key, kind: .fax, evidence: .description, format: format, sequenceNumber: number, timestamp: 0, arrival)
    state.takeFirst(fax: bytes)
    insert(state)
  }

  /// Takes a message of MSRP as `MessageSessionFraming` cut it.
  public mutating func receive(messageSession bytes: RawSpan, _ arrival: MediaArrival) {
    messageSessions.receive(bytes, arrival, closed: &closed)
  }

  private func isFax(_ arrival: MediaArrival) -> Bool {
    expectations.expectation(at: arrival.destination)?.kind == .fax
      || expectations.expectation(at: arrival.source)?.kind == .fax
  }

  private mutating func open(
    _ key: MediaFlowKey, _ header: RTPHeader, _ bytes: RawSpan, _ arrival: MediaArrival
  ) {
    // What is sent to an endpoint has the payload types that this one announced (RFC 3264 section 5.1); where its
    // description was not seen, those of the other side are the same in practice (section 6.1).
    let expectation =
      expectations.expectation(at: arrival.destination) ?? expectations.expectation(at: arrival.source)
    if expectation?.kind == .fax {
      receive(fax: bytes, arrival)
      return
    }
    if expectation == nil, !MediaStreamTable.isPlausible(header) {
      unrecognised &+= 1
      return
    }
    var state = StreamState(
      key: key, kind: expectation?.kind ?? .rtp, evidence: expectation == nil ? .structure : .description,
      format: expectation?.format(header.payloadType) ?? PayloadFormat(unannounced: header.payloadType),
      sequenceNumber: header.sequenceNumber, timestamp: header.timestamp, arrival)
    state.generation = expectations.generation
    state.takeFirst(header, bytes, arrival.packet)
    insert(state)
  }

  /// Whether a packet that nobody announced may be media: a payload type that is assigned or dynamic (RFC 3551 section 3),
  /// a source, and something to carry.
  private static func isPlausible(_ header: RTPHeader) -> Bool {
    let isType = header.payloadType <= 34 || header.payloadType >= 96
    return isType && header.source != 0 && !header.payload.isEmpty
  }

  private mutating func refreshFormat(_ place: Int, _ header: RTPHeader, _ arrival: MediaArrival) {
    let isSame = states[place].format.payloadType == header.payloadType
    if isSame, states[place].generation == expectations.generation { return }
    states[place].generation = expectations.generation
    let expectation =
      expectations.expectation(at: arrival.destination) ?? expectations.expectation(at: arrival.source)
    let meaning = expectation?.format(header.payloadType)
    if let expectation, expectation.kind != .fax { states[place].kind = expectation.kind }
    if isSame {
      if let meaning { states[place].learn(meaning) }
    } else {
      states[place].change(
        to: meaning ?? PayloadFormat(unannounced: header.payloadType), arrival.frame)
    }
  }

  // MARK: - Time

  /// Moves packet time on: streams that were silent for long enough are told.
  @inline(__always)
  public mutating func advance(to time: Timestamp) {
    if time >= nextSweep { sweep(time) }
  }

  private mutating func sweep(_ time: Timestamp) {
    nextSweep = time.advanced(byNanoseconds: MediaStreamTable.sweepInterval)
    closeAll(
      at: time, silentFor: MediaStreamTable.idleTime, onProbationFor: MediaStreamTable.probationTime)
    messageSessions.close(silentSince: time.advanced(byNanoseconds: -MediaStreamTable.idleTime), into: &closed)
  }

  /// Ends the input: the streams are told, in the order in which they are kept, so many at a time. Whether there are more.
  @discardableResult
  public mutating func finish(atMost count: Int = .max) -> Bool {
    var rest = count
    for place in states.places where states.hasStream(at: place) {
      if rest == 0 { return true }
      close(place)
      rest -= 1
    }
    messageSessions.close(silentSince: nil, into: &closed)
    return false
  }

  /// The streams that are over since the last call.
  public mutating func takeClosed() -> [ObservedMediaStream] {
    defer { closed = [] }
    return closed
  }

  /// The last frames of the streams that were closed early since the last call.
  public mutating func takeEvictions() -> [FrameReference] {
    let earlySessions = messageSessions.takeEvictions()
    guard !evictions.isEmpty else { return earlySessions }
    defer { evictions = [] }
    return evictions + earlySessions
  }

  /// Whether streams wait to be taken.
  public var hasClosed: Bool { !closed.isEmpty }

  /// Closes the streams that were silent for this long, and those that waited so long for their second packets.
  private mutating func closeAll(at time: Timestamp, silentFor idle: Int64, onProbationFor probation: Int64) {
    for place in states.places where states.hasStream(at: place) {
      let bound = states[place].isEstablished ? idle : probation
      if time.nanoseconds(since: states[place].end) >= bound { close(place) }
    }
  }

  private mutating func close(_ place: Int) {
    var state = states.remove(at: place)
    let hostKey = MediaStreamTable.hostKey(
      state.key.source, state.key.destination, state.key.synchronizationSource)
    if bySource[hostKey] == place { bySource[hostKey] = nil }
    if state.isEstablished {
      packets &+= state.packets
      closed.append(state.close())
    } else {
      unrecognised &+= state.packets
    }
  }

  private mutating func insert(_ state: StreamState) {
    if states.count >= MediaStreamTable.limit { makeRoom(state.start) }
    bySource[
      MediaStreamTable.hostKey(state.key.source, state.key.destination, state.key.synchronizationSource)] =
      states.insert(state)
  }

  /// Closes those that were silent for longest: by halves of the time until an eighth of the room is free.
  private mutating func makeRoom(_ now: Timestamp) {
    var bound = MediaStreamTable.idleTime
    while states.count > MediaStreamTable.limit * 7 / 8 {
      for place in states.places where states.hasStream(at: place) {
        if now.nanoseconds(since: states[place].end) >= bound { evictions.append(states[place].lastFrame) }
      }
      closeAll(at: now, silentFor: bound, onProbationFor: bound)
      if bound == 0 { break }
      bound = bound > 1_000_000 ? bound / 2 : 0
    }
  }
}

extension MediaFlowKey: Hashable {
  func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(destination)
    hasher.combine(synchronizationSource)
  }
}
