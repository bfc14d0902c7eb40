import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages
import StreamReassembly
import SubscriberTimelines

/// Finds SIP and Diameter in what the transport delivers, by content, and hands the messages to the timelines.
struct MessageDissector: ~Copyable {
  var timelines: SubscriberTimelines
  var coverage = Coverage()

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
    let placed = MessagePlacement(
      time: time, frame: frame, otherFrames: otherFrames, flow: flow, path: path, interface: interface,
      transmissionMark: identification)
    if promisedLength > bytes.byteCount {
      coverage.anomalies.record(.messageTruncated, at: isSIP ? .sip : .diameter, frame: frame)
    }
    if isSIP {
      hand(bytes, of: .sip, placed)
    } else {
      hand(diameterMessages: bytes, placed)
    }
  }

  // MARK: - Messages

  mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement) {
    coverage.sipObservations += 1
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

  mutating func note(_ health: SCTPAssociationHealth) {}
}
