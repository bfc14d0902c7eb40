/// The flags of an AVP (RFC 6733 section 4.1).
public struct DiameterAttributeFlags: OptionSet, Hashable, Sendable {
  /// The octet as it is on the wire.
  public let rawValue: UInt8

  /// Takes the octet as it is on the wire.
  @inlinable
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// V: a Vendor-ID follows the length.
  @inlinable public static var vendorSpecific: DiameterAttributeFlags { DiameterAttributeFlags(rawValue: 0x80) }
  /// M: whoever does not understand it must refuse the message.
  @inlinable public static var mandatory: DiameterAttributeFlags { DiameterAttributeFlags(rawValue: 0x40) }
  /// P: reserved for end-to-end security, deprecated.
  @inlinable public static var protected: DiameterAttributeFlags { DiameterAttributeFlags(rawValue: 0x20) }

  /// The five reserved bits: zero when sent.
  @inlinable static var reserved: UInt8 { 0x1f }
}
