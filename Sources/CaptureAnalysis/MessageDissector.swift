import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages
import StreamReassembly
import SubscriberTimelines

/// Finds SIP and Diameter in what the transport delivers, by content, and hands the messages to the timelines.
struct MessageDissector: ~Copyable {
  /// How long a message on a stream may be: far above any SIP message with its bodies, and the 24 bits of a Diameter
  /// length (RFC 6733 section 3) with room to spare.
  static let longestMessage = 1 << 24

  var timelines: SubscriberTimelines
  var coverage = Coverage()
  /// What is known of each TCP connection and SCTP association, by slot.
  private var connections: [StreamAssembly] = []
  private var associations: [StreamAssembly] = []

  init(key: HashKey) {
    timelines = SubscriberTimelines(key: key)
  }

  // MARK: - Datagrams

  /// Takes the payload of a datagram, or a message that its capture format took out of another transport. Diameter does
  /// not run over UDP (RFC 6733 section 2.1).
  mutating func receive(
    datagram bytes: RawSpan, promisedLength: Int, flow: Flow, time: Timestamp, frame: FrameReference,
    otherFrames: [FrameReference], path: LayerPath, interface: UInt32, identification: UInt32
  ) {
    let isSIP = SIPRecognition.recognise(bytes) == .certain
    guard isSIP || (flow.transport != .udp && DiameterRecognition.recognise(bytes) == .certain) else { return }
    let placed = Placement(
      time: time, frame: frame, otherFrames: otherFrames, flow: flow, path: path, interface: interface,
      transmissionMark: identification)
    if promisedLength > bytes.byteCount {
      coverage.anomalies.record(.messageTruncated, at: isSIP ? .sip : .diameter, frame: frame)
    }
    if isSIP {
      take(message: bytes, of: .sip, placed)
    } else {
      take(diameterMessages: bytes, placed)
    }
  }

  // MARK: - Messages

  /// Where and when a message was seen.
  struct Placement {
    var time: Timestamp
    var frame: FrameReference
    var otherFrames: [FrameReference]
    var flow: Flow
    var path: LayerPath
    var interface: UInt32
    var transmissionMark: UInt32

    func observed<Message>(_ message: Message) -> Observed<Message> {
      Observed(
        message: message, time: time, frame: frame, otherFrames: otherFrames, flow: flow, path: path,
        interface: interface, transmissionMark: transmissionMark)
    }
  }

  mutating func take(sip bytes: RawSpan, _ placement: Placement) {
    coverage.sipObservations += 1
    do throws(ParseFailure) {
      let message = try SIPMessage(parsing: bytes)
      timelines.receive(placement.observed(message))
    } catch {
      coverage.anomalies.record(
        .messageMalformed, at: .sip, frame: placement.frame, offset: Int(error.offset), detail: error.reason.rawValue)
    }
  }

  mutating func take(diameter bytes: RawSpan, _ placement: Placement) {
    coverage.diameterObservations += 1
    do throws(ParseFailure) {
      let message = try DiameterMessage(parsing: bytes)
      if let failure = message.failure {
        coverage.anomalies.record(
          failure.reason == .truncated ? .messageTruncated : .messageMalformed, at: .diameter,
          frame: placement.frame, offset: Int(failure.offset), detail: failure.reason.rawValue)
      }
      timelines.receive(placement.observed(message))
    } catch {
      coverage.anomalies.record(
        .messageMalformed, at: .diameter, frame: placement.frame, offset: Int(error.offset),
        detail: error.reason.rawValue)
    }
  }

  // MARK: - Streams

  private mutating func take(message bytes: RawSpan, of content: StreamAssembly.Content, _ placement: Placement) {
    var placement = placement
    switch content {
    case .sip:
      placement.path.append(.sip)
      take(sip: bytes, placement)
    case .diameter:
      placement.path.append(.diameter)
      take(diameter: bytes, placement)
    case .unknown, .other:
      break
    }
  }

  /// Takes one Diameter message, or several in a row.
  private mutating func take(diameterMessages bytes: RawSpan, _ placement: Placement) {
    var start = 0
    while start < bytes.byteCount {
      let rest = bytes.extracting(start..<bytes.byteCount)
      guard case .message(let length) = DiameterStreamFraming.next(in: rest, resumingAt: 0) else {
        take(message: rest, of: .diameter, placement)
        return
      }
      take(message: rest.extracting(0..<length), of: .diameter, placement)
      start += length
    }
  }

  /// Takes an SCTP user message: whole by itself, or several messages in a row.
  private mutating func receive(userMessage chunk: borrowing StreamChunk) {
    let placement = Placement(chunk)
    let bytes = chunk.bytes
    // PPID 46 is Diameter in clear and 47 Diameter in DTLS (RFC 6733 section 11.4); content decides, for some send 0.
    if DiameterRecognition.recognise(bytes) == .certain {
      take(diameterMessages: bytes, placement)
    } else if SIPRecognition.recognise(bytes) == .certain {
      take(message: bytes, of: .sip, placement)
    } else if chunk.payloadProtocol == 47 {
      coverage.anomalies.record(.dtlsNotOpened, at: .sctp, frame: chunk.frame)
    }
  }

  /// Takes the next bytes of a TCP stream.
  private mutating func receive(streamBytes chunk: borrowing StreamChunk) {
    let slot = Int(chunk.stream.slot)
    while connections.count <= slot { connections.append(StreamAssembly()) }
    var direction = connections[slot].take(chunk.stream.direction)
    if chunk.lostBytesBefore > 0 {
      // What was begun before the loss cannot be completed.
      if direction.isMidMessage {
        coverage.anomalies.record(.messageTruncated, at: direction.content.layer, frame: chunk.frame)
      }
      direction.lose()
    }
    if direction.content == .other { direction.reconsider(chunk.bytes) }
    guard direction.content != .other else {
      connections[slot].put(direction, chunk.stream.direction)
      return
    }
    let placement = Placement(chunk)
    if direction.buffer.isEmpty {
      let used = consume(chunk.bytes, &direction, placement)
      direction.keep(chunk.bytes, from: used, frame: chunk.carrier)
    } else if direction.needs(chunk.bytes.byteCount) {
      direction.keep(chunk.bytes, from: 0, frame: chunk.carrier)
    } else {
      direction.keep(chunk.bytes, from: 0, frame: chunk.carrier)
      let buffer = direction.takeBuffer()
      let used = consume(buffer.rawSpan, &direction, placement)
      direction.restore(buffer, droppingFirst: used)
    }
    if direction.buffer.count > MessageDissector.longestMessage {
      coverage.anomalies.record(.messageTooLong, at: direction.content.layer, frame: chunk.frame)
      direction.lose()
    }
    connections[slot].put(direction, chunk.stream.direction)
  }

  /// Takes the whole messages at the front of `bytes`; returns how many bytes are done with.
  private mutating func consume(
    _ bytes: RawSpan, _ direction: inout StreamAssembly.Direction, _ placement: Placement
  ) -> Int {
    var used = 0
    while used < bytes.byteCount {
      let rest = bytes.extracting(used..<bytes.byteCount)
      if direction.content == .unknown {
        direction.recognise(rest)
        if direction.content == .other {
          noteEncryption(rest, placement)
          return bytes.byteCount
        }
        if direction.content == .unknown { return used }
      }
      switch direction.next(in: rest) {
      case .message(let length):
        var placement = placement
        placement.otherFrames = direction.frames(upTo: used + length, besides: placement.frame)
        take(message: rest.extracting(0..<length), of: direction.content, placement)
        direction.scanned = 0
        used += length
      case .padding(let length):
        direction.scanned = 0
        used += length
      case .garbage(let length):
        coverage.anomalies.record(
          .messageMalformed, at: direction.content.layer, frame: placement.frame, detail: UInt32(clamping: length))
        direction.scanned = 0
        used += length
      case .incomplete(let atLeast, let scanned):
        direction.wait(for: atLeast, scanned: scanned)
        return used
      }
    }
    return used
  }

  /// Counts a stream that is TLS: a handshake record (RFC 8446 section 5.1) at its front.
  private mutating func noteEncryption(_ bytes: RawSpan, _ placement: Placement) {
    guard bytes.byteCount >= 3, bytes.byte(at: 0) == 22, bytes.byte(at: 1) == 3, bytes.byte(at: 2) <= 4 else { return }
    coverage.anomalies.record(.tlsNotOpened, at: .tcp, frame: placement.frame)
  }

  /// Ends the input: messages that were begun are counted as cut.
  mutating func finish() {
    for connection in connections { count(unfinished: connection) }
    timelines.finish()
  }

  private mutating func count(unfinished connection: StreamAssembly) {
    for direction in [connection.forward, connection.backward] {
      guard let direction, direction.isMidMessage, let frame = direction.lastFrame else { continue }
      coverage.anomalies.record(.messageTruncated, at: direction.content.layer, frame: frame)
    }
  }
}

extension MessageDissector: StreamConsumer {
  mutating func receive(_ chunk: borrowing StreamChunk) {
    if chunk.payloadProtocol != nil {
      receive(userMessage: chunk)
    } else {
      receive(streamBytes: chunk)
    }
  }

  mutating func wants(_ stream: StreamIdentifier) -> Bool {
    Int(stream.slot) >= connections.count || connections[Int(stream.slot)].wants(stream.direction)
  }

  mutating func close(slot: UInt32, transport: TransportProtocol) {
    guard transport == .tcp, Int(slot) < connections.count else { return }
    count(unfinished: connections[Int(slot)])
    connections[Int(slot)] = StreamAssembly()
  }

  mutating func note(_ event: TransportEvent) {
    timelines.receive(event)
  }

  mutating func note(_ anomaly: Anomaly) {
    coverage.anomalies.record(anomaly)
  }
}

extension MessageDissector.Placement {
  init(_ chunk: borrowing StreamChunk) {
    var others = chunk.otherCarriers
    if chunk.carrier != chunk.frame { others.append(chunk.carrier) }
    self.init(
      time: chunk.time, frame: chunk.frame, otherFrames: others, flow: chunk.flow, path: chunk.path,
      interface: chunk.interface, transmissionMark: chunk.transmissionMark)
  }
}
