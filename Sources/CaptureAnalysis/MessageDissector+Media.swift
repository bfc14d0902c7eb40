import ByteReading
import CaptureFacts
import MediaStreams
import PacketLayers
import SIPMessages
import SecurityAssociations

extension MessageDissector {
  /// Learns from the session description of a message which datagrams are media; `body` is the hash of its body.
  mutating func learnMedia(of message: SIPMessage, _ body: KeyedHash, at time: Timestamp) {
    // Each hop passes most descriptions on unchanged.
    guard descriptions.isNew(body), let session = message.sessionDescription() else { return }
    for expectation in MediaExpectation.expectations(of: session, in: message.span) {
      media.expect(expectation, at: time)
    }
    for (keys, endpoints) in MediaKey.keys(of: session, in: message.span) {
      for endpoint in endpoints { securedMedia.learn(keys, of: endpoint, at: time) }
    }
  }

  /// Takes a datagram that begins as RTP and RTCP do: as it was before it was encrypted, where a key opens it.
  mutating func receive(media bytes: RawSpan, _ arrival: MediaArrival) {
    guard securedMedia.hasKeys,
      let count = securedMedia.open(bytes, from: arrival.source, to: arrival.destination, at: arrival.time)
    else { return media.receive(bytes, arrival) }
    var arrival = arrival
    arrival.packet.isOpened = true
    let opened = securedMedia.opened
    media.receive(opened.rawSpan.extracting(0..<count), arrival)
  }

  /// Whether packets of streams of media that are going on can go the short way: nothing else has to look at them.
  var hasShortWay: Bool { stream == nil && !securedMedia.hasKeys }

  /// Takes a frame where it is the next packet of a stream of media that is going on, as `receive(datagram:)` and
  /// `advance(to:)` would within a tick of the timelines, but for the time that was reached (`noteReached`); false where it
  /// is anything else, and then nothing was done.
  @inline(__always)
  mutating func receive(
    knownMedia bytes: RawSpan, linkType: LinkType, time: Timestamp, frame: FrameReference
  ) -> Bool {
    guard let network = PlainLink.network(of: bytes, linkType: linkType) else { return false }
    let packet = bytes.extracting(network.start..<bytes.byteCount)
    if network.etherType == 0x0800 {
      guard let datagram = PlainDatagram(packet) else { return false }
      return media.receive(
        known: packet.extracting(datagram.payload), of: datagram.flow,
        PacketArrival(time: time, frame: frame, identification: UInt32(datagram.identification)))
    }
    guard network.etherType == 0x86dd, let datagram = PlainIPv6Datagram(packet) else { return false }
    return media.receive(
      known: packet.extracting(datagram.payload), from: datagram.source, to: datagram.destination,
      PacketArrival(time: time, frame: frame, identification: 0))
  }

  /// Takes a message of MSRP.
  mutating func take(messageSession bytes: RawSpan, _ placement: MessagePlacement) {
    media.receive(
      messageSession: bytes,
      MediaArrival(
        source: placement.flow.source, destination: placement.flow.destination, time: placement.time,
        frame: placement.frame, identification: 0))
  }

  /// Moves packet time on among the streams of media.
  mutating func advanceMedia(to time: Timestamp) {
    media.advance(to: time)
    if media.hasClosed { handOnMedia() }
  }

  /// Hands the streams that are over to the timelines.
  mutating func handOnMedia() {
    for observed in media.takeClosed() {
      if let stream {
        stream.write(observed)
      } else {
        catchUp()
        batch.add(observed)
      }
    }
    for frame in media.takeEvictions() { coverage.anomalies.record(.streamEvicted, at: .udp, frame: frame) }
  }
}
