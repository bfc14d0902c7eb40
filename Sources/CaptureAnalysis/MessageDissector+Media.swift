import ByteReading
import CaptureFacts
import MediaStreams
import SIPMessages

extension MessageDissector {
  /// Learns from the session description of a message with a body which datagrams are media.
  mutating func learnMedia(of message: SIPMessage, at time: Timestamp) {
    // Each hop passes most descriptions on unchanged.
    guard descriptions.isNew(key.hash(message.span, in: message.body.range)),
      let session = message.sessionDescription()
    else { return }
    for expectation in MediaExpectation.expectations(of: session, in: message.span) {
      media.expect(expectation, at: time)
    }
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
