import SIPMessages

/// One medium as one side describes it in an offer or answer.
struct SessionMedium {
  /// `audio`, `video`, `message`, ...
  let type: String
  /// The transport protocol: `RTP/AVP`, `TCP/MSRP`, `udptl`, ...
  let transport: String
  /// The codec that stands first.
  let codec: String?
  /// Whether its side refuses it: port 0 (RFC 3264 section 6).
  let isRefused: Bool
  /// What its side does.
  let direction: SDPDirection
  /// How the medium is protected; nil where it is not.
  let security: CallSession.Security?
  /// Whether ICE is offered.
  let hasICE: Bool
  /// `b=AS` in kilobit per second.
  let bandwidth: UInt64?
  /// Whether the resources that both sides want are reserved on this side (RFC 3312); nil without preconditions.
  let hasLocalResources: Bool?
  /// Whether this is fax of T.38.
  let isT38: Bool
  /// The file that is offered or asked for.
  let file: CallSession.File?

  /// The media of the description in a message; empty where there is none.
  static func media(of message: SIPMessage, _ facts: SIPFacts) -> [SessionMedium] {
    guard !message.body.isEmpty, let session = facts.session(of: message) else { return [] }
    return session.media.prefix(SessionMedia.kept).map { SessionMedium($0, message) }
  }

  private init(_ medium: SDPMedia, _ message: SIPMessage) {
    type = message.text(medium.typeText)
    transport = message.text(medium.protocolName)
    let codec = medium.formats.first?.codec(in: message.span)
    self.codec = codec.map { codec in codec.clockRate.map { "\(codec.name)/\($0)" } ?? codec.name }
    isRefused = medium.isRefused
    direction = medium.direction
    security = medium.hasDTLS ? .dtls : medium.hasCrypto ? .sdes : nil
    hasICE = medium.hasICE
    bandwidth = medium.bandwidths.first { message.span.equalsIgnoringCase("as", in: $0.modifier.range) }?.value
    isT38 = medium.isT38
    file = medium.fileSelector.isEmpty ? nil : CallSession.file(selector: message.text(medium.fileSelector))
    let current = medium.preconditions.first {
      $0.kind == .current && message.span.equalsIgnoringCase("local", in: $0.status.range)
    }
    hasLocalResources = current.map { message.span.equalsIgnoringCase("sendrecv", in: $0.direction.range) }
  }

  /// Whether its side sends.
  var sends: Bool { direction == .sendReceive || direction == .sendOnly }

  /// Whether its side receives.
  var receives: Bool { direction == .sendReceive || direction == .receiveOnly }
}
