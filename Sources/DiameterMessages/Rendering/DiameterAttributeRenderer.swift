import ByteReading

/// Writes AVPs as a person or a program reads them: by the type that the dictionary gives, groups as trees, secrets
/// masked unless asked for. An AVP that is not known, or does not have the length of its type, is shown by its octets.
public struct DiameterAttributeRenderer: Sendable {
  /// What stands for a secret.
  public static let mask = "(masked)"

  /// Names and types.
  public let dictionary: DiameterDictionary

  /// Whether keys and credentials are shown. Only where they were asked for by name.
  public let showsSecrets: Bool

  /// A renderer with this dictionary.
  public init(dictionary: DiameterDictionary = .standard, showsSecrets: Bool = false) {
    self.dictionary = dictionary
    self.showsSecrets = showsSecrets
  }

  /// All AVPs of `message`.
  public func rendered(_ message: DiameterMessage) -> [RenderedDiameterAttribute] {
    message.attributes.map { rendered($0, of: message) }
  }

  /// One AVP of `message`, with its members where it is a group.
  public func rendered(_ attribute: DiameterAttribute, of message: DiameterMessage) -> RenderedDiameterAttribute {
    let definition = dictionary.attribute(attribute.code, vendor: attribute.vendor)
    let members = definition?.type == .grouped ? message.members(of: attribute) : nil
    guard let members else {
      let isMasked = definition?.isSecret == true && !showsSecrets
      return RenderedDiameterAttribute(
        attribute: attribute, name: definition?.name,
        value: isMasked ? DiameterAttributeRenderer.mask : value(attribute, definition, of: message),
        isMasked: isMasked, members: [])
    }
    // What cannot be read as AVPs is not lost: the octets of the whole group stand beside the members before it. A
    // secret may be among them, so that they are masked as one.
    let isUnreadable = members.failure != nil
    let octets = showsSecrets ? hexadecimal(attribute.data, of: message) : DiameterAttributeRenderer.mask
    return RenderedDiameterAttribute(
      attribute: attribute, name: definition?.name, value: isUnreadable ? octets : "",
      isMasked: isUnreadable && !showsSecrets, members: members.map { rendered($0, of: message) })
  }

  /// The value of one AVP in one line; the octets of a group, which are shown only with its secrets.
  public func value(of attribute: DiameterAttribute, in message: DiameterMessage) -> String {
    let definition = dictionary.attribute(attribute.code, vendor: attribute.vendor)
    let holdsSecret = definition?.isSecret == true || definition?.type == .grouped
    if holdsSecret, !showsSecrets { return DiameterAttributeRenderer.mask }
    return value(attribute, definition, of: message)
  }

  private func value(
    _ attribute: DiameterAttribute, _ definition: DiameterAttributeDefinition?, of message: DiameterMessage
  ) -> String {
    definition.flatMap { typedValue(attribute.data, $0, of: message) } ?? hexadecimal(attribute.data, of: message)
  }

  /// The value by its type; nil where the octets do not fit the type.
  private func typedValue(
    _ data: ByteRange, _ definition: DiameterAttributeDefinition, of message: DiameterMessage
  ) -> String? {
    let bytes = message.span
    let range = data.range
    switch definition.type {
    case .octetString, .grouped: return nil
    case .utf8String, .diameterIdentity, .diameterURI, .ipFilterRule, .qosFilterRule, .text:
      return message.text(data)
    case .unsigned32: return bytes.unsigned32(in: data).map { named($0, String($0), definition) }
    case .integer32, .enumerated:
      return bytes.unsigned32(in: data).map { named($0, String(Int32(bitPattern: $0)), definition) }
    case .unsigned64: return bytes.unsigned64(in: data).map { String($0) }
    case .integer64: return bytes.unsigned64(in: data).map { String(Int64(bitPattern: $0)) }
    case .float32: return bytes.unsigned32(in: data).map { Float(bitPattern: $0).description }
    case .float64: return bytes.unsigned64(in: data).map { Double(bitPattern: $0).description }
    case .time: return bytes.unsigned32(in: data).map { DiameterTime(wire: $0).description }
    case .address: return DiameterAddressText.address(bytes, range)
    case .ipAddress: return DiameterAddressText.ipAddress(bytes, range)
    case .ipv6Prefix: return DiameterAddressText.ipv6Prefix(bytes, range)
    case .telephonyBCD: return TelephonyDigits.telephonyBCD(bytes, range)
    case .publicLandMobileNetwork: return TelephonyDigits.publicLandMobileNetwork(bytes, range)
    }
  }

  private func named(_ value: UInt32, _ number: String, _ definition: DiameterAttributeDefinition) -> String {
    definition.valueNames[value].map { "\($0) (\(number))" } ?? number
  }

  private func hexadecimal(_ data: ByteRange, of message: DiameterMessage) -> String {
    guard data.start <= data.end, data.end <= message.bytes.count else { return "" }
    return message.span.hexadecimal(in: data.range)
  }
}
