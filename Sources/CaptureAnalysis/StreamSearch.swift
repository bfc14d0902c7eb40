import ByteReading
import CaptureFacts
import DiameterMessages
import MediaStreams
import SIPMessages

/// What a look at a stream of which nothing is known found. Seen in the package for who fuzzes it.
package enum StreamSearch {
  /// A message begins at this offset.
  case found(StreamContent, offset: Int)
  /// Nothing begins here so far. The first `passed` bytes need not be looked at again.
  case undecided(passed: Int)
  /// The stream carries something else, which is counted where it is known.
  case foreign(AnomalyKind?)

  /// How many bytes without a sign of SIP or Diameter make a stream one of something else: four times the headers of a
  /// usual SIP message, and with that most messages in whose middle a capture can begin.
  package static let bound = 16_384

  /// How many bytes at the end of what was looked through are looked at again: a start line is shorter.
  private static let overlap = 512

  /// Looks for the first message in `bytes`: at their front, and behind it, for a capture may begin in the middle of a
  /// message.
  package static func look(in bytes: RawSpan, searchedBefore: Int) -> StreamSearch {
    let sip = SIPRecognition.recognise(bytes)
    let diameter = DiameterRecognition.recognise(unaligned: bytes)
    if sip == .certain { return .found(.sip, offset: 0) }
    if diameter == .certain { return .found(.diameter, offset: 0) }
    if MessageSessionFraming.begins(bytes) { return .found(.messageSession, offset: 0) }
    switch ForeignContent.look(in: bytes) {
    case .kind(let kind): return .foreign(kind)
    case .undecided: return .undecided(passed: 0)
    case nil: break
    }
    if let length = WebSocketUpgrade.headerLength(bytes) {
      if length == 0 { return .undecided(passed: 0) }
      if WebSocketUpgrade.isForSIP(bytes, length: length) { return .found(.webSocket, offset: length) }
    }
    if let found = first(in: bytes) { return found }
    if sip == .unsure || diameter == .unsure, bytes.byteCount < bound { return .undecided(passed: 0) }
    let passed = max(0, bytes.byteCount - overlap)
    return searchedBefore + passed < bound ? .undecided(passed: passed) : .foreign(nil)
  }

  private static func first(in bytes: RawSpan) -> StreamSearch? {
    let sip = SIPStreamFraming.firstStartLine(in: bytes)
    if let diameter = firstDiameterMessage(in: bytes, before: sip ?? bytes.byteCount) {
      return .found(.diameter, offset: diameter)
    }
    // Picked up in the middle: what a client sends is masked, in what a server sends SIP shows behind the frame header.
    if let masked = WebSocketFraming.firstMessage(in: bytes, from: 0), masked < sip ?? .max {
      return .found(.webSocket, offset: masked)
    }
    return sip.map { .found(.sip, offset: $0) }
  }

  /// Where in `bytes` the first Diameter message that is beyond doubt begins.
  static func firstDiameterMessage(in bytes: RawSpan, before end: Int) -> Int? {
    var offset = 0
    while offset < end {
      offset += DiameterStreamFraming.lengthBeforeMessage(in: bytes.extracting(offset..<bytes.byteCount))
      guard offset < end else { return nil }
      if DiameterRecognition.recognise(unaligned: bytes.extracting(offset..<bytes.byteCount)) == .certain {
        return offset
      }
      offset += 1
    }
    return nil
  }
}
