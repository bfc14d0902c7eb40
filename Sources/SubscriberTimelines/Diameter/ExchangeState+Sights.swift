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

  /// Adds one message of a hop after the first.
  mutating func add(_ sight: Sight, otherFrames: [FrameReference], isRequest: Bool, hop: Int) -> Addition {
    keep(otherFrames, sight.frame)
    guard (isRequest ? hops[hop - 1].request : hops[hop - 1].answer) == nil else {
      points.countCopy(at: sight.point)
      return .copy
    }
    points.countMessage(at: sight.point)
    if isRequest { hops[hop - 1].request = sight } else { hops[hop - 1].answer = sight }
    return .message
  }

  /// Adds one message of the first hop.
  mutating func add(_ sight: Sight, otherFrames: [FrameReference], isRequest: Bool) -> Addition {
    keep(otherFrames, sight.frame)
    guard let earlier = isRequest ? request : answer else {
      if isRequest { request = sight } else { answer = sight }
      points.countMessage(at: sight.point)
      return .message
    }
    let sinceThen = abs(sight.time.nanoseconds(since: earlier.time))
    let isSameTransmission = sight.mark != 0 && sight.mark == earlier.mark
    if sight.fingerprint == earlier.fingerprint, sinceThen <= MessageTrail.copyInterval || isSameTransmission {
      if isRequest { requestCopies &+= 1 } else { answerCopies &+= 1 }
      points.countCopy(at: sight.point)
      return .copy
    }
    points.countMessage(at: sight.point)
    if isRequest { retransmissions += 1 }
    return .retransmission
  }

  private mutating func keep(_ otherFrames: [FrameReference], _ frame: FrameReference) {
    // A request and its answer in a frame each, as nearly all are.
    if frames.isEmpty { frames.reserveCapacity(2) }
    if !otherFrames.isEmpty { frames += otherFrames }
    frames.append(frame)
  }

  /// Keeps what joins a policy session to the session or registration it authorises (TS 29.214 sections 5.3 and 5.6).
  mutating func takePolicyFacts(_ message: DiameterMessage, key: HashKey) {
    guard applicationID == PolicyCommand.rxApplication else { return }
    framedAddress = PolicyCommand.framedAddress(of: message)
    policySubject = PolicyCommand.subject(of: message)
    if let identifier = message.first(505, vendor: DiameterVendor.threeGPP)?.data {
      chargingIdentifier = key.hash(message.span, in: identifier.range)
    }
  }

  /// The event of its request or of its answer, for the time axis.
  func event(isRequest: Bool, hop: Int = 0) -> TimelineEvent? {
    let ends = hop == 0 ? (from, to) : (hops[hop - 1].from, hops[hop - 1].to)
    let sights = hop == 0 ? (request, answer) : (hops[hop - 1].request, hops[hop - 1].answer)
    let result = hop == 0 ? result : hops[hop - 1].result
    guard let sight = isRequest ? sights.0 : sights.1 else { return nil }
    return TimelineEvent(
      time: sight.time, frame: sight.frame, from: isRequest ? ends.0 : ends.1, to: isRequest ? ends.1 : ends.0,
      transport: transport,
      kind: isRequest
        ? .diameterRequest(command: commandCode, application: applicationID)
        : .diameterAnswer(command: commandCode, application: applicationID, result: result),
      isRetransmission: false, copies: isRequest ? requestCopies : answerCopies, point: sight.point,
      fingerprint: sight.fingerprint, mark: sight.mark)
  }
}
