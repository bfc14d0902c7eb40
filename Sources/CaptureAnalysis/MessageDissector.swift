import ByteReading
import CaptureFacts
import DiameterMessages
import PacketLayers
import SIPMessages
import StreamReassembly
import SubscriberTimelines

/// Finds SIP and Diameter in what the transport delivers, by content, and hands the messages to the timelines.
struct MessageDissector: ~Copyable {
  var timelines: SubscriberTimelines
  var coverage = Coverage()
  /// Where messages were seen.
  var points = CapturePointDirectory()

  init(key: HashKey) {
    timelines = SubscriberTimelines(key: key)
  }

  // MARK: - Datagrams

  /// Takes the payload of a datagram, or a message that its capture format took out of another transport. Diameter does
  /// not run over UDP (RFC 6733 section 2.1).
  mutating func receive(
    datagram bytes: RawSpan, of packet: DecodedPacket, time: Timestamp, frame: FrameReference,
    otherFrames: [FrameReference], interface: UInt32
  ) {
    // HEP and exported PDUs say which transport carried the message, and HEP when it was captured first.
    let flow = Flow(source: packet.source, destination: packet.destination, transport: packet.datagramTransport)
    let isSIP = SIPRecognition.recognise(bytes) == .certain
    guard isSIP || (flow.transport != .udp && DiameterRecognition.recognise(bytes) == .certain) else { return }
    let placed = MessagePlacement(
      time: packet.recordedTime ?? time, frame: frame, otherFrames: otherFrames, flow: flow, path: packet.path,
      point: point(of: packet, interface: interface), transmissionMark: packet.identification)
    if packet.promisedPayloadLength > bytes.byteCount {
      coverage.anomalies.record(.messageTruncated, at: isSIP ? .sip : .diameter, frame: frame)
    }
    if isSIP {
      hand(bytes, of: .sip, placed)
    } else {
      hand(diameterMessages: bytes, placed)
    }
  }

  /// Where a packet was seen.
  mutating func point(of packet: DecodedPacket, interface: UInt32) -> CapturePointHandle {
    points.handle(
      station: interface, path: packet.path, vlans: packet.vlans, tunnelSource: packet.tunnelSource,
      tunnelDestination: packet.tunnelDestination)
  }

  // MARK: - Messages

  mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement) {
    coverage.sipObservations += 1
    points.countSIP(at: placement.point)
    do throws(ParseFailure) {
      let message = try SIPMessage(parsing: bytes)
      timelines.receive(placement.observed(message))
    } catch {
      coverage.anomalies.record(
        .messageMalformed, at: .sip, frame: placement.frame, offset: Int(error.offset), detail: error.reason.rawValue)
    }
  }

  mutating func take(diameter bytes: RawSpan, _ placement: MessagePlacement) {
    coverage.diameterObservations += 1
    points.countDiameter(at: placement.point)
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

  /// Ends the input.
  mutating func finish() {
    timelines.finish()
  }
}

extension MessageDissector: MessageConsumer {
  mutating func note(_ event: TransportEvent) {
    timelines.receive(event)
  }

  mutating func note(_ anomaly: Anomaly) {
    coverage.anomalies.record(anomaly)
  }

  mutating func note(_ health: SCTPAssociationHealth) {
    timelines.receive(health)
  }
}
