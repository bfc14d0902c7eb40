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

  private var states: [StreamState?] = []
  private var free: [Int] = []
  // Places of `states` plus one, by hash, with linear probing; 0 is empty. At most half of it is used.
  private var buckets: [UInt32]
  private var mask: Int
  private let firstKey = UInt64.random(in: .min ... .max)
  private let secondKey = UInt64.random(in: .min ... .max)
  /// Streams by addresses and source, for RTCP, which comes from other ports.
  private var bySource: [MediaFlowKey: Int] = [:]
  private var expectations = ExpectationTable()
  private var messageSessions = MessageSessionTable()
  private var closed: [ObservedMediaStream] = []
  private var nextSweep = Timestamp(nanoseconds: .min)
  /// Whether fax was announced anywhere.
  public private(set) var expectsFax = false
  /// The last frames of streams that were closed early for want of room.
  private var evictions: [FrameReference] = []
  /// Datagrams that looked like media and belong to no stream.
  public private(set) var unrecognised: UInt64 = 0
  /// Packets of streams that were told.
  public private(set) var packets: UInt64 = 0
  /// RTCP packets, compounds counted once.
  public private(set) var controlPackets: UInt64 = 0

  /// Begins with nothing seen.
  public init() {
    buckets = Array(repeating: 0, count: 256)
    mask = 255
  }

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
    let key = MediaFlowKey(arrival.source, arrival.destination, header.source)
    let place = find(key)
    guard place >= 0 else {
      open(key, header, bytes, arrival)
      return
    }
    // The place holds a stream: `find` compared its key.
    if states[place]?.mustLookUpFormat(of: header) == true {
      refreshFormat(place, header, arrival)
    }
    states[place]?.take(header, bytes, arrival)
  }

  /// Takes a datagram that is neither SIP nor RTP: fax where a description announced it.
  public mutating func receive(fax bytes: RawSpan, _ arrival: MediaArrival) {
    guard bytes.byteCount >= 4, isFax(arrival) else { return }
    let number = bytes.bigEndianUInt16(at: 0)
    let key = MediaFlowKey(arrival.source, arrival.destination, 0)
    let place = find(key)
    if place >= 0 {
      states[place]?.take(faxSequence: number, bytes, arrival)
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
    state.takeFirst(header, bytes, arrival)
    insert(state)
  }

  /// Whether a packet that nobody announced may be media: a payload type that is assigned or dynamic (RFC 3551 section 3),
  /// a source, and something to carry.
  private static func isPlausible(_ header: RTPHeader) -> Bool {
    let isType = header.payloadType <= 34 || header.payloadType >= 96
    return isType && header.source != 0 && !header.payload.isEmpty
  }

  private mutating func refreshFormat(_ place: Int, _ header: RTPHeader, _ arrival: MediaArrival) {
    let isSame = states[place]?.format.payloadType == header.payloadType
    if isSame, states[place]?.generation == expectations.generation { return }
    states[place]?.generation = expectations.generation
    let expectation =
      expectations.expectation(at: arrival.destination) ?? expectations.expectation(at: arrival.source)
    let meaning = expectation?.format(header.payloadType)
    if let expectation, expectation.kind != .fax { states[place]?.kind = expectation.kind }
    if isSame {
      if let meaning { states[place]?.learn(meaning) }
    } else {
      states[place]?.change(
        to: meaning ?? PayloadFormat(unannounced: header.payloadType), arrival.frame)
    }
  }

  // MARK: - RTCP

  private mutating func receive(control bytes: RawSpan, _ arrival: MediaArrival) {
    controlPackets &+= 1
    var start = 0
    while let packet = RTCPPacket(bytes, at: start) {
      start = packet.range.upperBound
      guard packet.range.count >= 8 else { continue }
      let sender = bytes.bigEndianUInt32(at: packet.range.lowerBound + 4)
      switch packet.type {
      case RTCPPacket.PacketType.senderReport:
        guard packet.range.count >= 28 else { continue }
        let middle = UInt32(truncatingIfNeeded: bytes.bigEndianUInt64(at: packet.range.lowerBound + 8) >> 16)
        if let place = stream(from: arrival.source, to: arrival.destination, sender) {
          states[place]?.control.note(senderReport: middle, at: arrival.time)
        }
        takeBlocks(bytes, packet, from: packet.range.lowerBound + 28, arrival)
      case RTCPPacket.PacketType.receiverReport:
        takeBlocks(bytes, packet, from: packet.range.lowerBound + 8, arrival)
      case RTCPPacket.PacketType.bye:
        for index in 0..<packet.count {
          let offset = packet.range.lowerBound + 4 + index * 4
          guard offset + 4 <= packet.range.upperBound else { break }
          let source = bytes.bigEndianUInt32(at: offset)
          if let place = stream(from: arrival.source, to: arrival.destination, source) {
            states[place]?.control.hasBye = true
          }
        }
      case RTCPPacket.PacketType.sourceDescription:
        takeDescription(bytes, packet, arrival)
      case RTCPPacket.PacketType.application:
        if let place = stream(from: arrival.source, to: arrival.destination, sender) {
          states[place]?.control.noteApplicationPacket()
        }
      case RTCPPacket.PacketType.extendedReport:
        takeExtended(bytes, packet, arrival)
      default: break
      }
    }
  }

  private mutating func takeBlocks(_ bytes: RawSpan, _ packet: RTCPPacket, from first: Int, _ arrival: MediaArrival) {
    for index in 0..<packet.count {
      let offset = first + index * ReportBlock.length
      guard offset + ReportBlock.length <= packet.range.upperBound else { return }
      let block = ReportBlock(bytes, at: offset)
      // Who reports receives what it reports on.
      if let place = stream(from: arrival.destination, to: arrival.source, block.source) {
        states[place]?.control.note(block, at: arrival.time)
      }
    }
  }

  private mutating func takeDescription(_ bytes: RawSpan, _ packet: RTCPPacket, _ arrival: MediaArrival) {
    var names: [(place: Int, text: Range<Int>)] = []
    packet.forEachCanonicalName(bytes) { source, text in
      if let place = stream(from: arrival.source, to: arrival.destination, source) { names.append((place, text)) }
    }
    for name in names { states[name.place]?.control.note(canonicalName: name.text, bytes) }
  }

  private mutating func takeExtended(_ bytes: RawSpan, _ packet: RTCPPacket, _ arrival: MediaArrival) {
    var start = packet.range.lowerBound + 8
    while packet.range.upperBound - start >= 4 {
      let word = bytes.bigEndianUInt32(at: start)
      let length = Int(word & 0xffff) * 4
      let content = start + 4
      guard packet.range.upperBound - content >= length else { return }
      // RFC 3611 section 4.7: block type 7.
      if word >> 24 == 7, length >= ReportedVoiceMetrics.length {
        let source = bytes.bigEndianUInt32(at: content)
        if let place = stream(from: arrival.destination, to: arrival.source, source) {
          states[place]?.control.note(ReportedVoiceMetrics(bytes, at: content))
        }
      }
      start = content + length
    }
  }

  /// The stream between two hosts with this source.
  private func stream(from source: Endpoint, to destination: Endpoint, _ synchronizationSource: UInt32) -> Int? {
    bySource[MediaStreamTable.hostKey(source, destination, synchronizationSource)]
  }

  private static func hostKey(_ source: Endpoint, _ destination: Endpoint, _ synchronizationSource: UInt32)
    -> MediaFlowKey
  {
    MediaFlowKey(
      Endpoint(address: source.address, port: 0), Endpoint(address: destination.address, port: 0),
      synchronizationSource)
  }

  // MARK: - Time

  /// Moves packet time on: streams that were silent for long enough are told.
  @inline(__always)
  public mutating func advance(to time: Timestamp) {
    if time >= nextSweep { sweep(time) }
  }

  private mutating func sweep(_ time: Timestamp) {
    nextSweep = time.advanced(byNanoseconds: MediaStreamTable.sweepInterval)
    closeAll { state in
      time.nanoseconds(since: state.end)
        >= (state.isEstablished ? MediaStreamTable.idleTime : MediaStreamTable.probationTime)
    }
    messageSessions.close(silentSince: time.advanced(byNanoseconds: -MediaStreamTable.idleTime), into: &closed)
  }

  /// Ends the input: all streams are told, in the order in which they are kept.
  public mutating func finish() {
    closeAll { _ in true }
    messageSessions.close(silentSince: nil, into: &closed)
  }

  /// The streams that are over since the last call.
  public mutating func takeClosed() -> [ObservedMediaStream] {
    guard !closed.isEmpty else { return [] }
    let streams = closed
    closed.removeAll(keepingCapacity: true)
    return streams
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

  private mutating func closeAll(where isOver: (StreamState) -> Bool) {
    for place in states.indices {
      guard let state = states[place], isOver(state) else { continue }
      close(place)
    }
  }

  private mutating func close(_ place: Int) {
    guard var state = states[place] else { return }
    remove(state.key)
    let hostKey = MediaStreamTable.hostKey(
      state.key.source, state.key.destination, state.key.synchronizationSource)
    if bySource[hostKey] == place { bySource[hostKey] = nil }
    states[place] = nil
    free.append(place)
    if state.isEstablished {
      packets &+= state.packets
      closed.append(state.close())
    } else {
      unrecognised &+= state.packets
    }
  }

  // MARK: - The table

  @inline(__always)
  private func find(_ key: MediaFlowKey) -> Int {
    var bucket = Int(truncatingIfNeeded: key.hash(firstKey, secondKey)) & mask
    while true {
      let entry = buckets[bucket]
      if entry == 0 { return -1 }
      let place = Int(entry) &- 1
      if states[place]?.key == key { return place }
      bucket = (bucket &+ 1) & mask
    }
  }

  private mutating func insert(_ state: StreamState) {
    if states.count - free.count >= MediaStreamTable.limit { makeRoom(state.start) }
    if (states.count - free.count + 1) * 2 > buckets.count { grow() }
    let place: Int
    if let reused = free.popLast() {
      place = reused
      states[place] = state
    } else {
      place = states.count
      states.append(state)
    }
    enter(state.key, place)
    bySource[
      MediaStreamTable.hostKey(state.key.source, state.key.destination, state.key.synchronizationSource)] = place
  }

  /// Closes those that were silent for longest: by halves of the time until an eighth of the room is free.
  private mutating func makeRoom(_ now: Timestamp) {
    var bound = MediaStreamTable.idleTime
    while states.count - free.count > MediaStreamTable.limit * 7 / 8 {
      for state in states {
        if let state, now.nanoseconds(since: state.end) >= bound { evictions.append(state.lastFrame) }
      }
      closeAll { now.nanoseconds(since: $0.end) >= bound }
      if bound == 0 { break }
      bound = bound > 1_000_000 ? bound / 2 : 0
    }
  }

  private mutating func grow() {
    buckets = Array(repeating: 0, count: buckets.count * 2)
    mask = buckets.count - 1
    for place in states.indices {
      if let key = states[place]?.key { enter(key, place) }
    }
  }

  private mutating func enter(_ key: MediaFlowKey, _ place: Int) {
    var bucket = Int(truncatingIfNeeded: key.hash(firstKey, secondKey)) & mask
    while buckets[bucket] != 0 { bucket = (bucket + 1) & mask }
    buckets[bucket] = UInt32(place + 1)
  }

  /// Takes a key out, and moves those behind it that would not be found over the hole.
  private mutating func remove(_ key: MediaFlowKey) {
    var hole = Int(truncatingIfNeeded: key.hash(firstKey, secondKey)) & mask
    while true {
      let entry = buckets[hole]
      if entry == 0 { return }
      if states[Int(entry) - 1]?.key == key { break }
      hole = (hole + 1) & mask
    }
    var bucket = (hole + 1) & mask
    while buckets[bucket] != 0 {
      if let other = states[Int(buckets[bucket]) - 1]?.key {
        let home = Int(truncatingIfNeeded: other.hash(firstKey, secondKey)) & mask
        // It may move back as far as its home.
        if (bucket &- home) & mask >= (bucket &- hole) & mask {
          buckets[hole] = buckets[bucket]
          hole = bucket
        }
      }
      bucket = (bucket + 1) & mask
    }
    buckets[hole] = 0
  }
}

extension MediaFlowKey: Hashable {
  func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(destination)
    hasher.combine(synchronizationSource)
  }
}

extension StreamState {
  /// Whether nobody has told yet what its payload type means.
  @inline(__always)
  var needsMeaning: Bool { evidence == .structure }

  /// Whether the meaning of a packet's payload type is to be looked up. Mutating, so that the state, hundreds of bytes, is
  /// looked at where it lies and not copied for it.
  mutating func mustLookUpFormat(of header: RTPHeader) -> Bool {
    format.payloadType != header.payloadType || needsMeaning
  }
}
