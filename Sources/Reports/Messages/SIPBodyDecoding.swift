import ByteReading
import CaptureFacts
import SIPMessages
import ServiceDocuments

/// Reads a part of a body for a report.
struct SIPBodyDecoding {
  let message: SIPMessage
  let shownSecrets: Set<SecretKind>

  /// What the part is, what was read out of it, and its content: as text where it is text, else its octets.
  func fields(of part: SIPBodyPart) -> [DecodedField] {
    var fields: [DecodedField] = []
    fields.add("content_type", contentType(of: part))
    fields.add("content_id", message.text(part.contentID))
    fields.add("disposition", message.unfoldedText(part.disposition))
    fields.add("length", part.content.count)
    if isSessionDescription(part), let description = SessionDescription(parsing: message.span, in: part.content) {
      fields.add("sdp", SDPDecoding(message: message).fields(of: description))
    }
    fields.add("document", document(in: part))
    fields += content(of: part)
    return fields
  }

  /// What a document says; its text only where it is no secret or was asked for.
  private func document(in part: SIPBodyPart) -> [DecodedField] {
    guard part.contentType != nil, part.content.end <= message.bytes.count else { return [] }
    // A quoted message is shown line by line, where its secrets are masked.
    let holdsHidden = message.secrets(in: part).contains { !shownSecrets.contains($0.kind) && $0.range != part.content }
    if holdsHidden { return [] }
    let document = ServiceDocument(
      contentType: contentType(of: part), bytes: message.span.extracting(part.content.range))
    return DecodedDocument.fields(of: document, withTexts: shownSecrets.contains(.texts))
  }

  /// The content as text of one or more lines; nil where it is none.
  func text(of part: SIPBodyPart) -> String? {
    let content = part.content
    guard isText(content) else { return nil }
    return DecodedSecret.text(message, content, without: message.secrets(in: part), showing: shownSecrets)
  }

  private func content(of part: SIPBodyPart) -> [DecodedField] {
    var fields: [DecodedField] = []
    let isHidden = message.secrets(in: part).contains { !shownSecrets.contains($0.kind) && $0.range == part.content }
    if isHidden {
      fields.add("masked", ifTrue: true)
    } else if let text = text(of: part) {
      fields.add("text", text)
    } else {
      fields.add("octets", message.span.hexadecimal(in: part.content.range))
    }
    return fields
  }

  /// `application/sdp`, without its parameters; empty where the part does not say.
  func contentType(of part: SIPBodyPart) -> String {
    guard let type = part.contentType else { return "" }
    return (message.text(type.type) + "/" + message.text(type.subtype)).lowercased()
  }

  private func isSessionDescription(_ part: SIPBodyPart) -> Bool {
    part.contentType?.matches("application", "sdp", in: message.span) ?? true
  }

  /// Whether octets are text: UTF-8 without control characters but those of lines.
  private func isText(_ range: ByteRange) -> Bool {
    let text = message.text(range)
    return !text.unicodeScalars.contains { scalar in
      scalar.value == 0xfffd || (scalar.value < 0x20 && !"\r\n\t".unicodeScalars.contains(scalar))
    }
  }
}
