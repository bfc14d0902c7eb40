import ByteReading
import CaptureFacts
import SIPMessages

extension EntryPoint {
  static let sip = [
    EntryPoint("sip-message", .lines) { bytes in
      _ = SIPRecognition.recognise(bytes)
      guard let message = try? SIPMessage(parsing: bytes) else { return }
      readEverything(of: message)
    },
    EntryPoint("sip-stream", .lines) { bytes in
      frame(bytes) { part, scanned in SIPStreamFraming.next(in: part, resumingAt: scanned) }
      _ = SIPStreamFraming.firstStartLine(in: bytes)
    },
    EntryPoint("websocket-stream", .bytes) { bytes in
      for isAligned in [true, false] {
        frame(bytes) { part, scanned in
          let verdict = WebSocketFraming.next(in: part, resumingAt: scanned, isAligned: isAligned)
          if case .message(let length) = verdict {
            _ = WebSocketFraming.payload(of: part.extracting(0..<length))?.count
          }
          return verdict
        }
      }
      if let first = WebSocketFraming.firstMessage(in: bytes, from: 0) {
        _ = WebSocketFraming.beginsMessage(bytes, at: first)
      }
      if let length = WebSocketUpgrade.headerLength(bytes) { _ = WebSocketUpgrade.isForSIP(bytes, length: length) }
    },
    EntryPoint("session-description", .lines) { bytes in
      guard let session = SessionDescription(parsing: bytes, in: ByteRange(0, bytes.byteCount)) else { return }
      if session.media.count > SessionDescription.maximumMedia { fail("more media than the bound") }
      for medium in session.media { _ = medium.endpoints(in: bytes) }
    },
  ]

  /// Frames a stream whose bytes come in two parts and then whole, and holds the verdicts to what they promise.
  static func frame(_ bytes: RawSpan, _ next: (RawSpan, Int) -> FramingVerdict) {
    var start = 0
    var scanned = 0
    var end = bytes.byteCount / 2
    while start < bytes.byteCount {
      switch next(bytes.extracting(start..<end), scanned) {
      case .message(let length), .padding(let length), .garbage(let length):
        if length <= 0 || length > end - start { fail("a verdict of \(length) bytes about \(end - start)") }
        start += length
        scanned = 0
        if start >= end { end = bytes.byteCount }
      case .incomplete(let atLeast, let reached):
        if atLeast <= end - start { fail("\(atLeast) bytes are asked for, and \(end - start) are there") }
        if reached > end - start { fail("\(reached) bytes were looked at, and \(end - start) are there") }
        guard end < bytes.byteCount else { return }
        scanned = reached
        end = bytes.byteCount
      }
    }
  }

  /// Reads a message by every way in which something of it can be asked for.
  private static func readEverything(of message: SIPMessage) {
    _ = message.examined()
    _ = message.vias()
    for name in SIPHeaderName.allCases {
      _ = message.addresses(name)
      _ = message.credentials(name)
      _ = message.number(name)
      _ = message.parameter("tag", of: name)
    }
    let bytes = message.span
    for field in message.fields {
      for element in message.elements(of: field) {
        _ = message.identity(element)
        _ = message.headAndParameters(in: element)
        _ = message.schemeAndParameters(in: element)
        _ = message.unquotedText(element)
        _ = message.unfoldedText(element)
        _ = SIPContact(parsing: bytes, in: element)
        _ = SIPVia(parsing: bytes, in: element)
        _ = SIPCredentials(parsing: bytes, in: element).decodedNonce(in: bytes)
        _ = SIPContentType(parsing: bytes, in: element)
        _ = SIPEvent(parsing: bytes, in: element)
        _ = SIPChargingVector(parsing: bytes, in: element)
        _ = SIPChargingFunctionAddresses(parsing: bytes, in: element)
        _ = SIPSessionID(parsing: bytes, in: element)
        _ = SIPWarning(parsing: bytes, in: element)
        _ = SIPServedUser(parsing: bytes, in: element)
        _ = SIPHistoryEntry(parsing: bytes, in: element)
        _ = SIPRetryAfter(parsing: bytes, in: element)
        _ = SIPSubscriptionState(parsing: bytes, in: element)
        _ = SIPDialogReference(parsing: bytes, in: element)
        _ = SIPAccessNetworkInfo(parsing: bytes, in: element)
        _ = SIPRAck(parsing: bytes, in: element)
        _ = SIPSessionExpires(parsing: bytes, in: element)
        _ = SIPSecurityAgreement(parsing: bytes, in: element)
        _ = SIPDiversion(parsing: bytes, in: element)
        _ = SIPReason(parsing: bytes, in: element)
      }
      _ = message.secrets(in: field)
    }
    _ = message.sessionDescription()
    for part in message.bodyParts() { _ = message.secrets(in: part) }
  }
}
