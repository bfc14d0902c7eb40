import ByteReading
import CaptureFacts
import PacketLayers
import SecurityAssociations

/// The back edge from signalling to packets: what messages teach opens ESP, and what is opened is decoded one level
/// deeper.
extension CaptureAnalysis {
  /// Takes an encapsulating security payload.
  mutating func take(securityPayload payload: RawSpan, _ origin: ProtectedTraffic.Origin) {
    guard
      let opening = protected.open(payload, origin, anomalies: &streams.messages.coverage.anomalies)
    else { return }
    take(opening, of: payload, origin)
  }

  /// Applies what messages of the last frame taught, to what waits for it, until nothing more comes of it.
  mutating func applyLessons() {
    while !streams.messages.lessons.isEmpty {
      let lessons = streams.messages.lessons
      streams.messages.lessons.removeAll(keepingCapacity: true)
      for (lesson, time) in lessons {
        for name in protected.opener.learn(lesson, at: time) { openHeld(name) }
      }
    }
  }

  private mutating func openHeld(_ name: AssociationName) {
    for number in protected.held.numbers(of: name) {
      guard let (bytes, origin) = protected.held.payload(number) else { continue }
      let opening = protected.opener.open(
        bytes.rawSpan, from: origin.packet.source.address, to: name.destination, at: origin.time)
      if case .failed(let reason) = opening {
        protected.held.note(reason, of: number)
      } else {
        protected.held.markOpened(number)
        take(opening, of: bytes.rawSpan, origin)
      }
    }
  }

  /// Goes on with what is inside.
  private mutating func take(
    _ opening: PayloadOpening, of payload: RawSpan, _ origin: ProtectedTraffic.Origin
  ) {
    guard origin.depth < CaptureAnalysis.reentryLimit else {
      streams.messages.coverage.anomalies.record(.nestedTooDeep, at: .esp, frame: origin.frame)
      return
    }
    switch opening {
    case .inPlace(let range, let ipProtocol):
      take(inner: payload.extracting(range), ipProtocol: ipProtocol, origin)
    case .decrypted(let range, let ipProtocol):
      // The buffer is lent for as long as its bytes are in use; a payload inside this one makes another.
      let buffer = protected.opener.takeBuffer()
      take(inner: buffer.rawSpan.extracting(range), ipProtocol: ipProtocol, origin)
      protected.opener.giveBack(buffer)
    case .failed:
      break
    }
  }

  private mutating func take(inner bytes: RawSpan, ipProtocol: UInt8, _ origin: ProtectedTraffic.Origin) {
    opened?.note(
      bytes, ipProtocol: ipProtocol, from: origin.packet.source.address, to: origin.packet.destination.address,
      frame: origin.frame)
    let inner = decoder.decode(
      inner: bytes, ipProtocol: ipProtocol, outer: origin.packet, frame: origin.frame,
      anomalies: &streams.messages.coverage.anomalies)
    guard let inner else { return }
    take(
      inner, bytes.extracting(inner.payload), time: origin.time, frame: origin.frame, interface: origin.interface,
      depth: origin.depth + 1)
  }
}
