import ByteReading
import SIPMessages
import ServiceDocuments

extension SecretMask {
  /// The bytes of a message with its secrets masked: digests, keys, tokens and challenges in headers, keys and texts in
  /// bodies. Each keeps its place and length, so that the message reads as it did.
  func masked(_ message: SIPMessage) -> [UInt8] {
    var bytes = message.bytes
    for field in message.fields {
      for secret in message.secrets(in: field) { replace(secret.range.range, in: &bytes) { text(for: $0) } }
    }
    for name in SecretMask.challengeHeaders where message.first(name) != nil {
      for credentials in message.credentials(name) {
        replace(credentials.nonce.range, in: &bytes) { nonce(for: $0) }
      }
    }
    if let next = message.parameter("nextnonce", of: .authenticationInfo) {
      replace(next.range, in: &bytes) { nonce(for: $0) }
    }
    for part in message.bodyParts() { mask(part, of: message, in: &bytes) }
    return bytes
  }

  private static let challengeHeaders: [SIPHeaderName] = [
    .wwwAuthenticate, .authorization, .proxyAuthenticate, .proxyAuthorization,
  ]

  /// The mask of a nonce: where it is the base64 of RAND and AUTN, theirs, and so equal to that of SIP-Authenticate.
  private func nonce(for value: [UInt8]) -> [UInt8] {
    guard let decoded = Base64.bytes(of: value), decoded.count >= SecretMask.challengeLength else {
      return text(for: value)
    }
    var encoded: [UInt8] = []
    Base64.append(challenge(for: decoded), to: &encoded)
    return encoded
  }

  private func mask(_ part: SIPBodyPart, of message: SIPMessage, in bytes: inout [UInt8]) {
    let content = part.content.range
    let type = part.contentType
    if let type, type.matches("application", "vnd.3gpp.sms", in: message.span) {
      let place = ShortMessageTransfer(parsing: message.span.extracting(content)).textPlace
      replace(content.lowerBound + place.lowerBound..<content.lowerBound + place.upperBound, in: &bytes) {
        octets(for: $0)
      }
      return
    }
    // A record keeps documents in XML and shows what they say, whoever wrote them.
    if let type, type.matches("text", "xml", in: message.span) { return }
    for secret in message.secrets(in: part) {
      replace(secret.range.range, in: &bytes) { secret.kind == .texts ? writing(for: $0) : text(for: $0) }
    }
  }

  /// Puts a mask of the same length in the place of `range`.
  func replace(_ range: Range<Int>, in bytes: inout [UInt8], by mask: ([UInt8]) -> [UInt8]) {
    guard !range.isEmpty, range.upperBound <= bytes.count else { return }
    let masked = mask(Array(bytes[range]))
    bytes.overwrite(at: range.lowerBound, with: masked.rawSpan, in: 0..<min(masked.count, range.count))
  }
}
