import ByteReading
import CaptureFacts

/// Writes AVPs as a person or a program reads them: by the type that the dictionary gives, groups as trees, secrets
/// masked unless asked for. An AVP that is not known, or does not have the length of its type, is shown by its octets.
public struct DiameterAttributeRenderer: Sendable {
  /// What stands for a secret.
  public static let mask = "(masked)"

  /// Names and types.
  public let dictionary: DiameterDictionary

  /// The kinds of secrets that are shown: those that were asked for by name.
  public let shownSecrets: Set<SecretKind>

  /// A renderer with this dictionary.
  public init(dictionary: DiameterDictionary = .known, showing shownSecrets: Set<SecretKind> = []) {
    self.dictionary = dictionary
    self.shownSecrets = shownSecrets
  }

  /// All AVPs of `message`.
  public func rendered(_ message: DiameterMessage) -> [RenderedDiameterAttribute] {
    message.attributes.map { rendered($0, of: message) }
  }

  /// One AVP of `message`, with its members where it is a group.
  public func rendered(_ attribute: DiameterAttribute, of message: DiameterMessage) -> RenderedDiameterAttribute {
    let definition = dictionary.attribute(attribute.code, vendor: attribute.vendor)
    guard definition?.type == .grouped else {
      let isMasked = definition?.secret.map { !shownSecrets.contains($0) } ?? false
      return RenderedDiameterAttribute(
        attribute: attribute, name: definition?.name,
        content: isMasked ? .masked : content(attribute, definition, of: message), members: [])
    }
    let members = message.members(of: attribute)
    // What cannot be read as AVPs is not lost: the octets of the whole group stand beside the members before it. A
    // secret may be among them, so that they are masked as one.
    let isUnreadable = members.failure != nil
    return RenderedDiameterAttribute(
      attribute: attribute, name: definition?.name,
      content: isUnreadable ? octetsOfGroup(attribute, of: message) : .group,
      members: members.map { rendered($0, of: message) })
  }

  /// The value of one AVP in one line; the octets of a group, which are shown only with its secrets.
  public func value(of attribute: DiameterAttribute, in message: DiameterMessage) -> String {
    let definition = dictionary.attribute(attribute.code, vendor: attribute.vendor)
    if definition?.type == .grouped { return octetsOfGroup(attribute, of: message).text }
    return rendered(attribute, of: message).value
  }

  private func octetsOfGroup(
    _ attribute: DiameterAttribute, of message: DiameterMessage
  ) -> RenderedDiameterAttribute.Content {
    shownSecrets.count == SecretKind.allCases.count ? .octets(hexadecimal(attribute.data, of: message)) : .masked
  }

  private func content(
    _ attribute: DiameterAttribute, _ definition: DiameterAttributeDefinition?, of message: DiameterMessage
  ) -> RenderedDiameterAttribute.Content {
    definition.flatMap { typedContent(attribute.data, $0, of: message) }
      ?? .octets(hexadecimal(attribute.data, of: message))
  }

  /// The value by its type; nil where the octets do not fit the type.
  private func typedContent(
    _ data: ByteRange, _ definition: DiameterAttributeDefinition, of message: DiameterMessage
  ) -> RenderedDiameterAttribute.Content? {
    let bytes = message.span
    let range = data.range
    switch definition.type {
    case .octetString, .grouped: return nil
    case .utf8String, .diameterIdentity, .diameterURI, .ipFilterRule, .qosFilterRule, .text:
      return .text(message.text(data))
    case .unsigned32: return bytes.unsigned32(in: data).map { .number(Int64($0), name: definition.valueNames[$0]) }
    case .flags:
      return bytes.unsigned32(in: data).map { .number(Int64($0), name: flagNames(of: $0, definition)) }
    case .integer32, .enumerated:
      return bytes.unsigned32(in: data)
        .map { .number(Int64(Int32(bitPattern: $0)), name: definition.valueNames[$0]) }
    case .unsigned64:
      return bytes.unsigned64(in: data).map { Int64(exactly: $0).map { .number($0, name: nil) } ?? .unsigned64($0) }
    case .integer64: return bytes.unsigned64(in: data).map { .number(Int64(bitPattern: $0), name: nil) }
    case .float32: return bytes.unsigned32(in: data).map { .real(Double(Float(bitPattern: $0))) }
    case .float64: return bytes.unsigned64(in: data).map { .real(Double(bitPattern: $0)) }
    case .time: return bytes.unsigned32(in: data).map { .text(DiameterTime(wire: $0).description) }
    case .address: return DiameterAddressText.address(bytes, range).map { .text($0) }
    case .ipAddress:
      return (DiameterAddressText.ipAddress(bytes, range) ?? DiameterAddressText.address(bytes, range))
        .map { .text($0) }
    case .ipv6Prefix: return DiameterAddressText.ipv6Prefix(bytes, range).map { .text($0) }
    case .telephonyBCD: return TelephonyDigits.telephonyBCD(bytes, range).map { .text($0) }
    case .publicLandMobileNetwork: return TelephonyDigits.publicLandMobileNetwork(bytes, range).map { .text($0) }
    }
  }

  /// The names of the bits that are set, the lowest first; nil where none of them has one.
  private func flagNames(of value: UInt32, _ definition: DiameterAttributeDefinition) -> String? {
    let names = (0..<32).compactMap { value >> $0 & 1 == 1 ? definition.valueNames[$0] : nil }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  private func hexadecimal(_ data: ByteRange, of message: DiameterMessage) -> String {
    guard data.start <= data.end, data.end <= message.bytes.count else { return "" }
    return message.span.hexadecimal(in: data.range)
  }
}
