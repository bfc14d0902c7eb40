import ByteReading
import CaptureFacts
import DiameterMessages

extension ExchangeState {
  /// What a message was to its exchange.
  enum Addition {
    /// A new message.
    case message
    /// The same transmission, seen once more.
    case copy
    /// The same message, sent once more (T flag, RFC 6733 section 3).
    case retransmission
  }

  /// Adds one message.
  mutating func add(_ sight: Sight, frames: [FrameReference], isRequest: Bool) -> Addition {
    self.frames += frames
    guard let earlier = isRequest ? request : answer else {
      if isRequest { request = sight } else { answer = sight }
      return .message
    }
    let sinceThen = abs(sight.time.nanoseconds(since: earlier.time))
    let isSameTransmission = sight.mark != 0 && sight.mark == earlier.mark
    if sight.fingerprint == earlier.fingerprint, sinceThen <= MessageTrail.copyInterval || isSameTransmission {
      if isRequest { requestCopies &+= 1 } else { answerCopies &+= 1 }
      return .copy
    }
    if isRequest { retransmissions += 1 }
    return .retransmission
  }

  /// Keeps what joins a policy session to the session or registration it authorises (TS 29.214 sections 5.3 and 5.6).
  mutating func takePolicyFacts(_ message: DiameterMessage, key: HashKey) {
    guard let address = message.first(8)?.data, address.count == 4 else { return }
    framedAddress = IPAddress(v4: message.span.bigEndianUInt32(at: Int(address.start)))
    if let identifier = message.first(505, vendor: DiameterVendor.threeGPP)?.data {
      chargingIdentifier = key.hash(message.span, in: identifier.range)
    }
  }

  /// The event of its request or of its answer, for the time axis.
  func event(isRequest: Bool) -> TimelineEvent? {
    guard let sight = isRequest ? request : answer else { return nil }
    return TimelineEvent(
      time: sight.time, frame: sight.frame, from: isRequest ? from : to, to: isRequest ? to : from,
      transport: transport,
      kind: isRequest
        ? .diameterRequest(command: commandCode, application: applicationID)
        : .diameterAnswer(command: commandCode, application: applicationID, result: result),
      isRetransmission: false, copies: isRequest ? requestCopies : answerCopies, fingerprint: sight.fingerprint,
      mark: sight.mark)
  }
}
