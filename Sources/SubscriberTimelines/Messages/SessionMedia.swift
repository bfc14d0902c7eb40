import CaptureFacts
import SIPMessages

/// One medium as one description of a session has it.
struct SessionMedia {
  /// How many media of a description are kept: a description may list any number.
  static let kept = 8

  /// Where its side wants to receive: `ip:port`.
  let receiver: String
  /// The kind of media.
  let type: String
  /// The codec that stands first.
  let codec: String?
  /// Whether its side refuses it: port 0 (RFC 3264 section 6).
  let isRefused: Bool
  /// What its side does.
  let direction: SDPDirection

  /// The media of a message; empty where it describes no session.
  static func media(of message: SIPMessage, _ facts: SIPFacts) -> [SessionMedia] {
    guard !message.body.isEmpty, let session = facts.session(of: message) else { return [] }
    return session.media.prefix(kept).map { medium in
      let address = message.text(medium.address.isEmpty ? session.address : medium.address)
      let host = IPAddress(address).map { $0.isV4 ? address : "[\(address)]" } ?? address
      let codec = medium.formats.first?.codec(in: message.span)
      return SessionMedia(
        receiver: "\(host):\(medium.port ?? 0)", type: message.text(medium.typeText),
        codec: codec.map { codec in codec.clockRate.map { "\(codec.name)/\($0)" } ?? codec.name },
        isRefused: medium.isRefused, direction: medium.direction)
    }
  }

  /// The streams that offer and answer agree on: each side sends to where the other one wants to receive (RFC 3264
  /// section 6.1). The codec is the answer's.
  static func streams(offered: [SessionMedia], answered: [SessionMedia]) -> [MediaStream] {
    zip(offered, answered).flatMap { offer, answer -> [MediaStream] in
      guard !offer.isRefused, !answer.isRefused else { return [] }
      var streams: [MediaStream] = []
      if answer.direction == .sendReceive || answer.direction == .receiveOnly {
        streams.append(
          MediaStream(from: offer.receiver, to: answer.receiver, mediaType: answer.type, codec: answer.codec))
      }
      if answer.direction == .sendReceive || answer.direction == .sendOnly {
        streams.append(
          MediaStream(from: answer.receiver, to: offer.receiver, mediaType: answer.type, codec: answer.codec))
      }
      return streams
    }
  }
}
