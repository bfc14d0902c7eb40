import ByteReading
import CaptureFacts
import CorrelationStreams
import DiameterMessages
import MediaStreams
import PacketLayers
import SIPMessages
import SecurityAssociations
import StreamReassembly
import SubscriberTimelines

/// Finds SIP and Diameter in what the transport delivers, by content, and collects the messages for the timelines.
struct MessageDissector: ~Copyable {
  /// How many streams of media are handed on together at the end, where all that go on end at once: half a kilobyte each.
  private static let streamsAtOnce = 256

  /// What was found since it was handed on last.
  var batch = CorrelationBatch()
  var coverage = Coverage()
  /// Which frames carried the fragments of what others completed.
  var origins = FrameOrigins()
  /// Which sides of conversations over UDP were seen.
  var sides: ConversationSides
  /// Where messages were seen.
  var points = CapturePointDirectory()
  /// The streams of media that are going on.
  var media = MediaStreamTable()
  /// The keys of media that are encrypted, and what they opened last.
  var securedMedia = SecuredMedia()
  /// Session descriptions that were read a moment ago.
  var descriptions = RecentDescriptions()
  /// Where what would go to the timelines is written instead, to be joined elsewhere; nil where it is joined here.
  var stream: CorrelationStreamWriter?
  // The places that messages are read to, used again for each: a message of its own would cost two allocations.
  private var sip = Observed(placeFor: SIPMessage())
  private var diameter = Observed(placeFor: DiameterMessage())

  /// What messages of this frame taught about security associations, and when.
  var lessons: [(SecurityLesson, Timestamp)] = []
  let key: HashKey
  private var lastNumber: UInt64 = 0
  private var lastTick: Int64?
  /// The time that was reached, where the timelines do not know it yet.
  private var reached: Timestamp?

  init(key: HashKey) {
    self.key = key
    sides = ConversationSides(key: key)
  }

  // MARK: - Datagrams

  /// Takes the payload of a datagram, or a message that its capture format took out of another transport. Diameter does
  /// not run over UDP (RFC 6733 section 2.1).
  mutating func receive(
    datagram bytes: RawSpan, of packet: DecodedPacket, time: Timestamp, frame: FrameReference,
    correlation: String? = nil,
    interface: UInt32
  ) {
    if packet.datagramTransport == .udp, RTPHeader.hasVersion(bytes) {
      receive(
        media: bytes,
        MediaArrival(
          source: packet.source, destination: packet.destination, time: time, frame: frame,
          identification: packet.identification,
          isAtTunnelPort: PlainDatagram.isTunnelPort(packet.source.port)
            || PlainDatagram.isTunnelPort(packet.destination.port)))
      return
    }
    // HEP and exported PDUs say which transport carried the message, and HEP when it was captured first.
    let flow = Flow(source: packet.source, destination: packet.destination, transport: packet.datagramTransport)
    let isSIP = SIPRecognition.recognise(bytes) == .certain
    guard isSIP || (flow.transport != .udp && DiameterRecognition.recognise(bytes) == .certain) else {
      if media.expectsFax, flow.transport == .udp {
        media.receive(
          fax: bytes,
          MediaArrival(
            source: packet.source, destination: packet.destination, time: time, frame: frame,
            identification: packet.identification))
      }
      return
    }
    var placed = MessagePlacement(
      time: packet.recordedTime ?? time, frame: frame, otherFrames: [], flow: flow, path: packet.path,
      point: point(of: packet, interface: interface), transmissionMark: packet.identification)
    placed.correlationIdentifier = correlation
    if packet.promisedPayloadLength > bytes.byteCount {
      coverage.anomalies.record(.messageTruncated, at: isSIP ? .sip : .diameter, frame: frame)
    }
    if isSIP {
      sides.note(flow, frame: frame)
      hand(bytes, of: .sip, placed)
      return
    }
    var start = 0
    while start < bytes.byteCount {
      start += hand(firstDiameterMessageOf: bytes.extracting(start..<bytes.byteCount), placed).length
    }
  }

  /// Where a packet was seen.
  mutating func point(of packet: DecodedPacket, interface: UInt32) -> CapturePointHandle {
    let known = points.points.count
    let handle = points.handle(
      station: interface, path: packet.path, vlans: packet.vlans, tunnelSource: packet.tunnelSource,
      tunnelDestination: packet.tunnelDestination)
    if let stream, points.points.count > known { stream.write(points.points[known]) }
    return handle
  }

  // MARK: - Messages

  mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber? {
    do throws(ParseFailure) {
      try sip.message.read(bytes)
      return addSIP(placement)
    } catch {
      coverage.sipObservations += 1
      points.countSIP(at: placement.point)
      coverage.anomalies.record(
        .messageMalformed, at: .sip, frame: placement.frame, offset: Int(error.offset), detail: error.reason.rawValue)
      return nil
    }
  }

  mutating func take(
    wholeSIP bytes: RawSpan, _ placement: MessagePlacement
  ) -> (isTaken: Bool, number: MessageNumber?) {
    guard (try? sip.message.read(bytes)) != nil, sip.message.isWholeInStream else { return (false, nil) }
    return (true, addSIP(placement))
  }

  /// Adds the message that was read last.
  private mutating func addSIP(_ placement: MessagePlacement) -> MessageNumber? {
    coverage.sipObservations += 1
    points.countSIP(at: placement.point)
    if let lesson = SecurityLesson.read(sip.message, placement, key) { lessons.append((lesson, placement.time)) }
    placement.place(&sip, .sip, origins)
    sip.station = points.station(of: placement.point)
    let keys = sip.keys(under: key)
    if let body = keys.body { learnMedia(of: sip.message, body, at: placement.time) }
    if let stream { return MessageNumber(value: UInt64(stream.write(sip))) }
    let number = nextNumber(placement)
    catchUp()
    batch.add(&sip, keys, number)
    return number
  }

  mutating func take(diameter bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber? {
    coverage.diameterObservations += 1
    points.countDiameter(at: placement.point)
    do throws(ParseFailure) {
      try diameter.message.read(bytes)
      if let failure = diameter.message.failure {
        coverage.anomalies.record(
          failure.reason == .truncated ? .messageTruncated : .messageMalformed, at: .diameter,
          frame: placement.frame, offset: Int(failure.offset), detail: failure.reason.rawValue)
      }
      for lesson in SecurityLesson.read(diameter.message, key) { lessons.append((lesson, placement.time)) }
      placement.place(&diameter, .diameter, origins)
      if let stream { return MessageNumber(value: UInt64(stream.write(diameter))) }
      let number = nextNumber(placement)
      catchUp()
      batch.add(&diameter, number)
      return number
    } catch {
      coverage.anomalies.record(
        .messageMalformed, at: .diameter, frame: placement.frame, offset: Int(error.offset),
        detail: error.reason.rawValue)
      return nil
    }
  }

  /// The next number for a message of a stream; nil for a datagram, of which nothing is learned later.
  private mutating func nextNumber(_ placement: MessagePlacement) -> MessageNumber? {
    guard placement.flow.transport != .udp else { return nil }
    lastNumber += 1
    return MessageNumber(value: lastNumber)
  }

  /// Counts the conversations of which only one side was seen.
  mutating func noteUnseenSides() {
    for frame in sides.framesOfOneSide { coverage.anomalies.record(.streamSidesUnseen, at: .udp, frame: frame) }
  }

  /// Moves packet time on. A frame without a message completes nothing within a tick of the timelines: they are told of
  /// its time with what follows.
  mutating func advance(to time: Timestamp) {
    if let stream {
      stream.advance(to: time)
      return
    }
    let tick = SubscriberTimelines.tick(of: time)
    if tick != lastTick || batch.isAmidFrame {
      lastTick = tick
      reached = nil
      batch.add(time)
    } else {
      noteReached(time)
    }
  }

  /// Notes the time of a frame that completed nothing, within the last tick.
  @inline(__always)
  mutating func noteReached(_ time: Timestamp) {
    reached = max(reached ?? time, time)
  }

  /// Tells the timelines which time was reached.
  mutating func catchUp() {
    guard let time = reached else { return }
    reached = nil
    batch.add(time)
  }

  /// Ends the input. Streams of media that go on are handed on so many at a time; whether there are more.
  mutating func finish() -> Bool {
    catchUp()
    let hasMore = media.finish(atMost: MessageDissector.streamsAtOnce)
    handOnMedia()
    return hasMore
  }
}

extension MessageDissector: MessageConsumer {
  mutating func noteRepetition(of message: MessageNumber, _ repeated: RepeatedData, fromStart: Bool) {
    let repetition = CorrelationBatch.Repetition(
      message: message, frames: origins.complete([], of: repeated.frame) + [repeated.frame], time: repeated.time,
      point: fromStart ? repeated.point : nil)
    if let stream {
      stream.writeRepetition(
        of: UInt32(truncatingIfNeeded: message.value), frames: repetition.frames, time: repetition.time,
        point: repetition.point)
    } else {
      catchUp()
      batch.add(repetition)
    }
  }

  mutating func note(_ event: TransportEvent) {
    if let stream {
      stream.write(event)
    } else {
      catchUp()
      batch.add(event)
    }
  }

  mutating func note(_ anomaly: Anomaly) {
    coverage.anomalies.record(anomaly)
  }

  mutating func note(_ health: SCTPAssociationHealth) {
    if let stream {
      stream.write(health)
    } else {
      catchUp()
      batch.add(health)
    }
  }
}
