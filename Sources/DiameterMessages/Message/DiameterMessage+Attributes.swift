import ByteReading

extension DiameterMessage {
  /// The AVPs of the message itself, in their order; `members(of:)` goes into groups.
  @inlinable
  public var attributes: DiameterAttributes {
    DiameterAttributes(
      bytes: bytes, range: ByteRange(DiameterHeader.byteCount, bytes.count), depth: 0)
  }

  /// The first AVP with this code of this vendor among those of the message itself; nil where there is none.
  @inlinable
  public func first(_ code: UInt32, vendor: UInt32 = DiameterVendor.none) -> DiameterAttribute? {
    mayHave(code) ? attributes.first(code, vendor: vendor) : nil
  }

  /// Whether one of the AVPs of the message itself may have this code; if not, none has.
  @inlinable
  func mayHave(_ code: UInt32) -> Bool {
    codes >> UInt64(code & 63) & 1 != 0
  }

  /// The members of a group.
  @inlinable
  public func members(of attribute: DiameterAttribute) -> DiameterAttributes {
    attributes.members(of: attribute)
  }

  /// The number in an AVP of type Unsigned32, Integer32 or Enumerated; nil where it is not four octets.
  @inlinable
  public func unsigned32(_ attribute: DiameterAttribute) -> UInt32? {
    bytes.rawSpan.unsigned32(in: attribute.data)
  }

  /// Route-Record 282: the agents that the request went through, in their order (RFC 6733 section 6.7.1).
  public var routeRecords: [ByteRange] {
    attributes.allData(DiameterAttributeCode.routeRecord)
  }

  /// Redirect-Host 292: where the request should go instead (RFC 6733 section 6.12).
  public var redirectHosts: [ByteRange] {
    attributes.allData(DiameterAttributeCode.redirectHost)
  }

  /// What Failed-AVP 279 quotes: the AVPs that the request is refused for (RFC 6733 section 7.5).
  public var failedAttributes: [DiameterAttribute] {
    var failed: [DiameterAttribute] = []
    for attribute in attributes where attribute.isAttribute(DiameterAttributeCode.failedAVP) {
      failed.append(contentsOf: members(of: attribute))
    }
    return failed
  }
}
