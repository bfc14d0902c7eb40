import ByteReading
import CaptureFacts

/// A stream that is not over: what is counted of it, packet by packet.
struct StreamState {
  // What every packet looks at or changes lies together, from the end of `sequence` to the beginning of `frames`: the fewer
  // lines of the cache it touches, the better, for the next packet is one of another stream.

  private(set) var sequence: SequenceTracker
  /// What tells it from others.
  let key: MediaFlowKey
  /// Whether its next packets may take the short way.
  let hasShortWay: Bool
  /// Its ends, where they are of IPv4 and it has.
  let plainFlow: IPv4Flow?
  /// What the latest payload type means.
  private(set) var format: PayloadFormat
  /// How it was known to be media.
  var evidence: ObservedMediaStream.Evidence
  /// What carries it.
  var kind: MediaExpectation.Kind
  private var clockRate: UInt32 = 0
  private(set) var end: Timestamp
  private(set) var lastFrame: FrameReference
  private(set) var packets: UInt64 = 0
  private(set) var octets: UInt64 = 0
  private var largestGap: Int64 = 0
  private var lastTimestamp: UInt32 = 0
  /// The least step of the timestamps.
  private var packetTicks = Int32.max
  private var lastClockedTime: Timestamp
  let start: Timestamp
  /// When the interval of `series` that goes on is over, in nanoseconds after `start`.
  private var intervalEnd = MediaSeries.firstLength
  private var jitter = JitterEstimate(clockRate: 8000)
  private var silentPackets: UInt64 = 0
  /// The identifications of the latest packets, by their sequence numbers: a copy from another capture point has the same.
  private var identifications = InlineArray<16, UInt16>(repeating: 0)
  private var frames = SpeechFrames()

  /// Loss and jitter over time.
  private var series = SeriesCounter()
  let firstFrame: FrameReference
  /// Those that were encrypted and could be opened.
  private var openedPackets: UInt64 = 0
  private(set) var copies: UInt32 = 0
  /// The packets before the latest payload type was used again, and where that began.
  private var packetsBeforeFormat: UInt64 = 0
  private var firstFrameOfFormat: FrameReference
  private(set) var formats: [ObservedMediaFormat] = []
  private(set) var codecChanges: UInt32 = 0
  /// The latest codec that is the medium itself.
  private var mainCodec = MediaCodec.other
  /// The generation of the expectations that were asked last.
  var generation: UInt32 = 0
  private var clockSearch: ClockSearch?
  private var pauses: UInt32 = 0
  private var largestGapFrame: FrameReference
  private var noisePackets: UInt32 = 0
  private var keyFrames: UInt32 = 0
  private var telephoneEvents = TelephoneEvents()
  /// What RTCP says of it.
  var control = ControlState()

  /// Begins with the first packet.
  init(
    key: MediaFlowKey, kind: MediaExpectation.Kind, evidence: ObservedMediaStream.Evidence, format: PayloadFormat,
    sequenceNumber: UInt16, timestamp: UInt32, _ arrival: MediaArrival
  ) {
    self.key = key
    hasShortWay = !arrival.isAtTunnelPort
    plainFlow = arrival.isAtTunnelPort ? nil : IPv4Flow(from: key.source, to: key.destination)
    self.kind = kind
    self.evidence = evidence
    self.format = format
    start = arrival.packet.time
    end = arrival.packet.time
    firstFrame = arrival.packet.frame
    lastFrame = arrival.packet.frame
    firstFrameOfFormat = arrival.packet.frame
    largestGapFrame = arrival.packet.frame
    lastTimestamp = timestamp
    lastClockedTime = arrival.packet.time
    sequence = SequenceTracker(first: sequenceNumber)
    identifications[Int(sequenceNumber & 15)] = UInt16(truncatingIfNeeded: arrival.packet.identification)
    useClock(of: format)
    if !format.codec.isAuxiliary { mainCodec = format.codec }
  }

  // MARK: - Packets

  /// Takes the first packet, for which the sequence was begun.
  mutating func takeFirst(_ header: RTPHeader, _ bytes: RawSpan, _ arrival: PacketArrival) {
    packets = 1
    if arrival.isOpened { openedPackets = 1 }
    octets = UInt64(header.payload.count)
    look(into: bytes, header, arrival)
  }

  /// Takes a further packet; false, and nothing was done, where the meaning of its payload type is to be looked up before
  /// (`takeOfFormat`): it is another than that of the packet before, or nobody has told what it means yet.
  @inline(__always)
  mutating func take(_ header: RTPHeader, _ bytes: RawSpan, _ arrival: PacketArrival) -> Bool {
    guard format.payloadType == header.payloadType, evidence != .structure else { return false }
    takeOfFormat(header, bytes, arrival)
    return true
  }

  /// Takes a further packet, whose payload type is that of `format`.
  @inline(__always)
  mutating func takeOfFormat(_ header: RTPHeader, _ bytes: RawSpan, _ arrival: PacketArrival) {
    endInterval(before: arrival)
    let placement = sequence.take(header.sequenceNumber)
    let mark = UInt16(truncatingIfNeeded: arrival.identification)
    let place = Int(header.sequenceNumber & 15)
    if case .duplicate = placement, mark != 0, identifications[place] == mark {
      copies &+= 1
      return
    }
    identifications[place] = mark
    packets &+= 1
    if arrival.isOpened { openedPackets &+= 1 }
    octets &+= UInt64(header.payload.count)
    let gap = arrival.time.nanoseconds &- end.nanoseconds
    if gap > largestGap {
      largestGap = gap
      largestGapFrame = arrival.frame
    }
    end = arrival.time
    lastFrame = arrival.frame
    // The timestamps of an event are those of its beginning (RFC 4733 section 2.2.1), so they say nothing of jitter.
    if format.codec != .telephoneEvent { takeTime(header, arrival, placement) }
    look(into: bytes, header, arrival)
  }

  /// Takes what the time of a packet says of jitter and pauses.
  @inline(__always)
  private mutating func takeTime(_ header: RTPHeader, _ arrival: PacketArrival, _ placement: SequenceTracker.Arrival) {
    let ticks = Int32(bitPattern: header.timestamp &- lastTimestamp)
    let interval = arrival.time.nanoseconds &- lastClockedTime.nanoseconds
    lastTimestamp = header.timestamp
    lastClockedTime = arrival.time
    // What has another clock, or none that is known, says nothing of the jitter, but the next packet is measured from it:
    // a source goes on from any of its packets.
    guard format.clockRate == clockRate else { return }
    if clockRate != 0 {
      jitter.take(arrival: interval, ticks: ticks)
    } else {
      clockSearch?.take(arrival: interval, ticks: ticks)
    }
    if case .next = placement, ticks > 0 {
      if ticks < packetTicks {
        packetTicks = ticks
      } else if ticks > packetTicks &+ packetTicks >> 1 {
        pauses &+= 1
      }
    }
  }

  /// Takes down what happened in the interval that is over.
  @inline(__always)
  private mutating func endInterval(before arrival: PacketArrival) {
    let offset = arrival.time.nanoseconds &- start.nanoseconds
    if offset >= intervalEnd { intervalEnd = series.end(sequence, jitter, before: offset) }
  }

  /// Takes a packet of UDPTL, which has a sequence number and no clock.
  mutating func take(faxSequence number: UInt16, _ bytes: RawSpan, _ arrival: PacketArrival) {
    endInterval(before: arrival)
    _ = sequence.take(number)
    packets &+= 1
    // They have no payload type.
    packetsBeforeFormat &+= 1
    octets &+= UInt64(bytes.byteCount)
    largestGap = max(largestGap, arrival.time.nanoseconds &- end.nanoseconds)
    end = arrival.time
    lastFrame = arrival.frame
  }

  /// Counts the first packet of UDPTL.
  mutating func takeFirst(fax bytes: RawSpan) {
    packets = 1
    packetsBeforeFormat = 1
    octets = UInt64(bytes.byteCount)
  }

  /// Takes what the payload says.
  @inline(__always)
  private mutating func look(into bytes: RawSpan, _ header: RTPHeader, _ arrival: PacketArrival) {
    guard kind == .rtp || arrival.isOpened else { return }
    let payload = header.payload
    switch format.codec {
    case .pcma, .pcmu:
      if StreamState.isLevel(bytes, payload) { silentPackets &+= 1 }
    case .amr, .amrWB:
      frames.take(
        adaptiveMultiRate: bytes, payload, isWideband: format.codec == .amrWB, isAligned: format.isAligned)
    case .evs:
      frames.take(enhancedVoiceServices: bytes, payload, hasHeadersOnly: format.isAligned)
    case .comfortNoise:
      noisePackets &+= 1
    case .opus:
      // RFC 6716 section 3.1: a packet of a single octet or two holds nothing, as in discontinuous transmission.
      if payload.count <= 2 { noisePackets &+= 1 }
    case .h264:
      if VideoUnits.beginsKeyFrame(h264: bytes, payload) { keyFrames &+= 1 }
    case .h265:
      if VideoUnits.beginsKeyFrame(h265: bytes, payload) { keyFrames &+= 1 }
    case .telephoneEvent:
      telephoneEvents.take(bytes, payload, timestamp: header.timestamp, clockRate: format.clockRate)
    case .other, .g722, .g723, .g729, .gsm, .gsmEFR, .redundancy, .t140: break
    }
  }

  /// Whether all octets of the payload are the same: its ends and its middle are looked at, which speech does not pass.
  @inline(__always)
  private static func isLevel(_ bytes: RawSpan, _ payload: Range<Int>) -> Bool {
    guard payload.count >= 24 else { return false }
    let first = bytes.littleEndianUInt64(at: payload.lowerBound)
    guard first == first << 8 | first >> 56 else { return false }
    return first == bytes.littleEndianUInt64(at: payload.upperBound &- 8)
      && first == bytes.littleEndianUInt64(at: payload.lowerBound &+ payload.count / 2 &- 4)
  }

  // MARK: - Formats

  /// Goes over to another payload type.
  mutating func change(to newFormat: PayloadFormat, _ frame: FrameReference) {
    settleFormat()
    format = newFormat
    firstFrameOfFormat = frame
    guard !newFormat.codec.isAuxiliary else { return }
    if mainCodec != newFormat.codec || clockRate != newFormat.clockRate {
      if mainCodec != .other || clockRate != 0 { codecChanges &+= 1 }
      mainCodec = newFormat.codec
    }
    useClock(of: newFormat)
  }

  /// Takes what is known now of the payload type in use: a session description came late.
  mutating func learn(_ meaning: PayloadFormat) {
    format = meaning
    evidence = .description
    if !meaning.codec.isAuxiliary {
      mainCodec = meaning.codec
      useClock(of: meaning)
    }
  }

  private mutating func useClock(of format: PayloadFormat) {
    guard !format.codec.isAuxiliary || clockRate == 0 else { return }
    if format.clockRate == clockRate, clockRate != 0 { return }
    if format.clockRate == 0 {
      if clockRate == 0, clockSearch == nil { clockSearch = ClockSearch() }
      return
    }
    if let found = clockSearch?.estimate(at: format.clockRate) {
      jitter = found
    } else {
      jitter.use(clockRate: format.clockRate)
    }
    clockSearch = nil
    clockRate = format.clockRate
    packetTicks = .max
  }

  private mutating func settleFormat() {
    let packetsOfFormat = packets &- packetsBeforeFormat
    guard packetsOfFormat > 0 else { return }
    packetsBeforeFormat = packets
    if let place = formats.firstIndex(where: { $0.format.payloadType == format.payloadType }) {
      formats[place].packets &+= packetsOfFormat
      formats[place].format = format
    } else if formats.count < MediaStreamTable.keptFormats {
      formats.append(ObservedMediaFormat(format: format, packets: packetsOfFormat, firstFrame: firstFrameOfFormat))
    }
  }

  /// Whether it is media beyond doubt: announced, or enough packets in order.
  var isEstablished: Bool {
    evidence == .description || packets >= MediaStreamTable.establishingPackets
  }

  // MARK: - The end

  /// What is to be told of it.
  mutating func close() -> ObservedMediaStream {
    settleFormat()
    sequence.settle()
    series.finish(sequence, jitter)
    let kinds: [MediaExpectation.Kind: ObservedMediaStream.Kind] = [
      .rtp: .rtp, .securedRTP: .securedRTP, .fax: .fax,
    ]
    var stream = ObservedMediaStream(
      kind: kinds[kind] ?? .rtp, evidence: evidence, source: key.source, destination: key.destination,
      synchronizationSource: key.synchronizationSource, start: start, end: end, firstFrame: firstFrame,
      lastFrame: lastFrame, largestGapFrame: largestGapFrame)
    stream.packets = packets
    stream.openedPackets = openedPackets
    stream.octets = octets
    stream.copies = copies
    stream.expected = sequence.expected
    stream.lost = sequence.lost
    stream.duplicates = sequence.duplicates &- min(copies, sequence.duplicates)
    stream.reordered = sequence.reordered
    stream.restarts = sequence.restarts
    stream.longestLoss = sequence.losses.longestRun
    stream.lossRuns = sequence.losses.runs
    stream.bursts = sequence.losses.bursts
    stream.packetsInBursts = sequence.losses.packetsInBursts
    stream.lostInBursts = sequence.losses.lostInBursts
    stream.series = series.series
    stream.largestGap = largestGap
    stream.pauses = pauses
    stream.formats = formats
    stream.codecChanges = codecChanges
    if kind != .fax { fillClock(&stream) }
    fillContent(&stream)
    stream.hasBye = control.hasBye
    stream.senderReports = control.senderReports
    stream.applicationPackets = control.applicationPackets
    stream.canonicalName =
      control.canonicalName.isEmpty ? nil : String(decoding: control.canonicalName, as: UTF8.self)
    stream.reported = control.reported(clockRate: stream.clockRate)
    return stream
  }

  private func fillClock(_ stream: inout ObservedMediaStream) {
    var estimate = jitter
    stream.clockRate = clockRate
    if clockRate == 0, let best = clockSearch?.best, packets > 1 {
      estimate = best.estimate
      stream.clockRate = best.clockRate
      stream.isClockRateEstimated = true
    }
    guard stream.clockRate != 0, packets > 1 else { return }
    stream.meanJitter = Int64(estimate.mean)
    stream.greatestJitter = Int64(estimate.greatest)
    stream.lastJitter = Int64(estimate.current)
    if packetTicks != .max { stream.packetTime = Int64(packetTicks) * 1_000_000_000 / Int64(stream.clockRate) }
  }

  private func fillContent(_ stream: inout ObservedMediaStream) {
    stream.silentPackets = silentPackets
    stream.noiseFrames = noisePackets &+ frames.noise
    stream.emptyFrames = frames.empty
    stream.damagedFrames = frames.damaged
    stream.malformedPackets = frames.malformed
    stream.interoperableFrames = frames.interoperable
    stream.keyFrames = keyFrames
    stream.telephoneEventCount = telephoneEvents.count
    stream.telephoneEvents = telephoneEvents.events
    stream.speechRate = frames.mainRate(of: stream.codec)
    stream.speechModes = frames.modes
  }
}
