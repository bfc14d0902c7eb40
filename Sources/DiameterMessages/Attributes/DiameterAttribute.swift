import ByteReading

/// One AVP (attribute-value pair) and where it lies in its message (RFC 6733 section 4.1).
public struct DiameterAttribute: Hashable, Sendable {
  /// The AVP code, unique together with `vendor`.
  public let code: UInt32

  /// The Vendor-ID; 0 for the base protocol, also where the AVP has the V flag and carries 0.
  public let vendor: UInt32

  /// V, M and P.
  public let flags: DiameterAttributeFlags

  /// How many groups it lies in: 0 for an AVP of the message itself.
  public let depth: UInt8

  /// Its header and data in the bytes of the message, without padding.
  public let range: ByteRange

  /// Its data in the bytes of the message, without padding.
  public let data: ByteRange

  /// Describes an AVP that lies at these places.
  @inlinable
  public init(
    code: UInt32, vendor: UInt32, flags: DiameterAttributeFlags, depth: UInt8, range: ByteRange, data: ByteRange
  ) {
    self.code = code
    self.vendor = vendor
    self.flags = flags
    self.depth = depth
    self.range = range
    self.data = data
  }

  /// Whether it is the AVP with this code of this vendor.
  @inlinable
  public func isAttribute(_ code: UInt32, vendor: UInt32 = DiameterVendor.none) -> Bool {
    self.code == code && self.vendor == vendor
  }
}
