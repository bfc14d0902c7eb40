import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages

/// The lines of detail under the line of a message.
struct MessageLines {
  let detail: MessageDetail
  let shownSecrets: Set<SecretKind>
  private(set) var text: TerminalText

  init(_ detail: MessageDetail, showing shownSecrets: Set<SecretKind>, style: TerminalStyle) {
    self.detail = detail
    self.shownSecrets = shownSecrets
    text = TerminalText(style: style)
  }

  /// The lines of a SIP message.
  mutating func add(_ message: SIPMessage) {
    if message.isRequest { line(message.text(message.methodText) + " " + message.unfoldedText(message.requestURI), 1) }
    for field in message.fields {
      label(message.canonicalName(of: field) + ": ", depth: 1)
      text.add(message.maskedText(of: field, showing: shownSecrets))
      text.endLine()
    }
    let flaws = message.examined().names
    if !flaws.isEmpty {
      text.spaces(2 * MessageLines.indent)
      text.add("flaws: " + flaws.joined(separator: ", "), .caution)
      text.endLine()
    }
    if detail == .full { addBody(of: message) }
  }

  /// The lines of a Diameter message.
  mutating func add(_ message: DiameterMessage, _ dictionary: DiameterDictionary) {
    let header = message.header
    line(
      dictionary.commandName(header.commandCode, isRequest: header.isRequest)
        + " (\(header.commandCode)), application \(header.applicationID), flags "
        + (header.flags.names.isEmpty ? "-" : header.flags.names.joined(separator: " "))
        + ", hop-by-hop \(header.hopByHop), end-to-end \(header.endToEnd)", 1)
    let renderer = DiameterAttributeRenderer(dictionary: dictionary, showing: shownSecrets)
    for attribute in renderer.rendered(message) { add(attribute, depth: 1) }
    if let failure = message.failure {
      text.spaces(2 * MessageLines.indent)
      text.add(failure.description, .caution)
      text.endLine()
    }
  }

  /// How far the lines stand under that of their message, and each level under the one before it.
  private static let indent = 4

  private mutating func add(_ attribute: RenderedDiameterAttribute, depth: Int) {
    let code = attribute.attribute.code
    let vendor = attribute.attribute.flags.contains(.vendorSpecific) ? " of \(attribute.attribute.vendor)" : ""
    let flags = attribute.attribute.flags.letters
    label("\(attribute.name ?? "unknown") (\(code)\(vendor), \(flags))", depth: depth)
    if !attribute.value.isEmpty { text.add(": " + attribute.value) }
    text.endLine()
    for member in attribute.members { add(member, depth: depth + 1) }
  }

  private mutating func addBody(of message: SIPMessage) {
    let decoding = SIPBodyDecoding(message: message, shownSecrets: shownSecrets)
    for part in message.bodyParts() {
      let type = decoding.contentType(of: part)
      label((type.isEmpty ? "body" : type) + ", \(part.content.count) octets", depth: 1)
      text.endLine()
      for field in decoding.fields(of: part) {
        switch (field.key, field.value) {
        case ("masked", _): line(DecodedSecret.mask, 2)
        case ("octets", .text(let octets)): line(octets, 2)
        case ("text", .text(let content)):
          for row in content.split(whereSeparator: \.isNewline) { line(String(row), 2) }
        default: break
        }
      }
    }
  }

  private mutating func label(_ label: String, depth: Int) {
    text.spaces(MessageLines.indent * (depth + 1))
    text.add(label, .faint)
  }

  private mutating func line(_ content: String, _ depth: Int) {
    text.spaces(MessageLines.indent * (depth + 1))
    text.add(content)
    text.endLine()
  }
}
