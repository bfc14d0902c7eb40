import ByteReading
import CaptureFacts
import SIPMessages

extension JSONWriter {
  /// What a line says of a SIP message.
  mutating func members(ofSummary message: SIPMessage) {
    member("protocol", "SIP")
    member("method", message.text(message.methodText))
    if message.isRequest {
      member("request_uri", message.unfoldedText(message.requestURI))
    } else {
      member("status", message.status)
      memberIfAny("reason_phrase", message.reasonPhrase, of: message)
    }
    memberIfAny("call_id", message.callID, of: message)
    if message.first(.cseq) != nil { member("cseq", message.cseqNumber) }
    memberIfAny("from_uri", message.from.uri, of: message)
    memberIfAny("from_tag", message.from.tag, of: message)
    memberIfAny("to_uri", message.to.uri, of: message)
    memberIfAny("to_tag", message.to.tag, of: message)
    memberIfAny("identities", MessageIdentities.identities(of: message))
  }

  private mutating func memberIfAny(_ key: StaticString, _ range: ByteRange, of message: SIPMessage) {
    if !range.isEmpty { member(key, message.unfoldedText(range)) }
  }

  /// Every header field in its order, and what is wrong with the message.
  mutating func members(ofHeaders message: SIPMessage, showing shownSecrets: Set<SecretKind>) {
    let decoding = SIPHeaderDecoding(message: message, shownSecrets: shownSecrets)
    if message.isRequest {
      let uri = decoding.uri(message.requestURI)
      if !uri.isEmpty { member("request_uri_parts", object: { $0.members(uri) }) }
    }
    member("headers", each: message.fields) { json, field in
      json.beginObject()
      json.member("name", message.canonicalName(of: field))
      json.member("value", message.maskedText(of: field, showing: shownSecrets))
      let values = decoding.values(of: field)
      if !values.isEmpty { json.member("values", each: values) { $0.value($1) } }
      json.endObject()
    }
    memberIfAny("flaws", message.examined().names)
  }

  /// The body with its parts.
  mutating func members(ofBody message: SIPMessage, showing shownSecrets: Set<SecretKind>) {
    let parts = message.bodyParts()
    guard !parts.isEmpty else { return }
    let decoding = SIPBodyDecoding(message: message, shownSecrets: shownSecrets)
    key("body")
    beginObject()
    member("content_type", message.first(.contentType).map { message.unfoldedText($0) })
    member("length", message.body.count)
    member("parts", each: parts) { json, part in
      json.beginObject()
      json.members(decoding.fields(of: part))
      json.endObject()
    }
    endObject()
  }
}

extension SIPMessage {
  /// The name of a field as its standard writes it; one that is not registered as it came.
  func canonicalName(of field: SIPHeaderField) -> String {
    field.name == .other ? text(field.nameRange) : field.name.name
  }

  /// The value of a field in one line, without the secrets that were not asked for.
  func maskedText(of field: SIPHeaderField, showing shownSecrets: Set<SecretKind>) -> String {
    let secrets = secrets(in: field)
    guard secrets.contains(where: { !shownSecrets.contains($0.kind) }) else { return unfoldedText(field.value) }
    return DecodedSecret.text(self, field.value, without: secrets, showing: shownSecrets).unfolded
  }
}

extension String {
  /// With folded lines as one (RFC 3261 section 7.3.1).
  fileprivate var unfolded: String {
    guard utf8.contains(0x0a) else { return self }
    return split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
  }
}
