import ByteReading
import CaptureFacts

extension SIPMessage {
  /// The parameters of credentials and challenges that are secrets: the digests and the resynchronisation token (RFC 3261
  /// section 22.4, RFC 3310 section 3.4), and the keys that an S-CSCF hands to the P-CSCF (TS 24.229 clause 7.2A.1).
  private static let secretParameters: [(name: StaticString, kind: SecretKind)] = [
    ("response", .credentials), ("rspauth", .credentials), ("auts", .credentials), ("ck", .keys), ("ik", .keys),
  ]

  /// The attributes of a session description that hold keys (RFC 4568 section 9.1, RFC 4567 section 3).
  private static let keyAttributes: [StaticString] = ["a=crypto:", "a=key-mgmt:"]

  /// What kind of secret the parameter `name` of a credential or challenge is; nil where it is none.
  public static func secretKind(ofParameter name: String) -> SecretKind? {
    let name = name.lowercased()
    return secretParameters.first { "\($0.name)" == name }?.kind
  }

  /// The secrets in the value of a header field: each as often as it is written.
  public func secrets(in field: SIPHeaderField) -> [(kind: SecretKind, range: ByteRange)] {
    switch field.name {
    case .authorization, .proxyAuthorization, .wwwAuthenticate, .proxyAuthenticate, .authenticationInfo:
      secrets(inCredentials: field.value.clamped(to: bytes.count))
    default: []
    }
  }

  /// The secrets in a part of the body: the keys of SRTP (RFC 4568 section 9.1) and of RFC 4566 section 5.12 in a session
  /// description, the whole of a text that somebody wrote (RFC 3428, TS 24.341), the credentials in a quoted message.
  public func secrets(in part: SIPBodyPart) -> [(kind: SecretKind, range: ByteRange)] {
    let content = part.content.clamped(to: bytes.count)
    guard !content.isEmpty else { return [] }
    if isText(part) { return [(.texts, ByteRange(content))] }
    var found: [(kind: SecretKind, range: ByteRange)] = []
    var lineStart = content.lowerBound
    while lineStart < content.upperBound {
      var lineEnd = span.firstOffset(of: 0x0a, in: lineStart..<content.upperBound) ?? content.upperBound
      while lineEnd + 1 < content.upperBound, span.byte(at: lineEnd + 1) == 0x20 || span.byte(at: lineEnd + 1) == 0x09 {
        lineEnd = span.firstOffset(of: 0x0a, in: lineEnd + 1..<content.upperBound) ?? content.upperBound
      }
      collectSecrets(inLine: lineStart..<span.trimmed(lineStart..<lineEnd).upperBound, into: &found)
      lineStart = lineEnd + 1
    }
    return found
  }

  /// Whether a part is what a person wrote: a short message wherever it travels, and the text of a MESSAGE.
  private func isText(_ part: SIPBodyPart) -> Bool {
    guard let type = part.contentType else { return method == .message && isRequest }
    if type.matches("application", "vnd.3gpp.sms", in: span) { return true }
    guard method == .message, isRequest else { return false }
    return span.equalsIgnoringCase("text", in: type.type.clamped(to: bytes.count))
      || type.matches("message", "cpim", in: span)
  }

  private func collectSecrets(
    inLine line: Range<Int>, into found: inout [(kind: SecretKind, range: ByteRange)]
  ) {
    guard line.count > 2 else { return }
    // The line alone: where the body ends in it, what follows is not of it.
    let text = span.extracting(line)
    if text.hasBytes("k=") {
      found.append((.keys, ByteRange(line.lowerBound + 2, line.upperBound)))
    } else if let name = SIPMessage.keyAttributes.first(where: { text.hasBytes($0) }) {
      // The method of the key, `inline`, is no secret; what follows it is: several keys may follow each other.
      let inline = span.firstOffset(of: "inline:", in: line).map { $0 + 7 }
      let keys = ByteRange(inline ?? line.lowerBound + name.utf8CodeUnitCount, line.upperBound)
      if !keys.isEmpty { found.append((.keys, keys)) }
    } else {
      let nameEnd = span.endOfToken(at: line.lowerBound, before: line.upperBound)
      let colon = span.skippingSpace(from: nameEnd, before: line.upperBound)
      guard colon < line.upperBound, span.byte(at: colon) == UInt8(ascii: ":") else { return }
      switch SIPHeaderNameTable.shared.name(of: span, in: line.lowerBound..<nameEnd) {
      case .authorization, .proxyAuthorization, .wwwAuthenticate, .proxyAuthenticate, .authenticationInfo:
        found += secrets(inCredentials: span.trimmed(colon + 1..<line.upperBound))
      default: break
      }
    }
  }

  private func secrets(inCredentials value: Range<Int>) -> [(kind: SecretKind, range: ByteRange)] {
    var found: [(kind: SecretKind, range: ByteRange)] = []
    var reader = ParameterReader(
      span, in: SIPCredentials.parameters(in: span, value), separator: UInt8(ascii: ","))
    while let parameter = reader.next() {
      for secret in SIPMessage.secretParameters where span.equalsIgnoringCase(secret.name, in: parameter.name) {
        let range = span.unquoted(parameter.value)
        if !range.isEmpty { found.append((secret.kind, ByteRange(range))) }
      }
    }
    return found
  }
}
