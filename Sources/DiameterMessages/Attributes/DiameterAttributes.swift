import ByteReading

/// The AVPs of a message, or the members of a group, in their order. Shares the bytes of the message.
public struct DiameterAttributes: Sequence, Sendable {
  /// The bytes of the message.
  @usableFromInline let bytes: [UInt8]

  /// A walk that stands in front of the first of them.
  @usableFromInline let walk: DiameterAttributeWalk

  /// The AVPs in `range` of `bytes`.
  @inlinable
  init(bytes: [UInt8], range: ByteRange, depth: UInt8) {
    self.bytes = bytes
    walk = DiameterAttributeWalk(over: range, depth: depth)
  }

  /// Why not all of the bytes could be read as AVPs; nil where they could. Costs a walk.
  public var failure: ParseFailure? {
    var iterator = makeIterator()
    while iterator.next() != nil {}
    return iterator.walk.failure
  }

  /// Starts at the first.
  @inlinable
  public func makeIterator() -> Iterator {
    Iterator(bytes: bytes, walk: walk)
  }

  /// Goes over the AVPs.
  public struct Iterator: IteratorProtocol {
    @usableFromInline let bytes: [UInt8]
    @usableFromInline var walk: DiameterAttributeWalk

    @inlinable
    init(bytes: [UInt8], walk: DiameterAttributeWalk) {
      self.bytes = bytes
      self.walk = walk
    }

    /// The next AVP; nil behind the last that can be read.
    @inlinable
    public mutating func next() -> DiameterAttribute? {
      var walk = walk
      defer { self.walk = walk }
      return walk.next(in: bytes.rawSpan)
    }
  }

  /// The members of `attribute`, which is one of these, read as a group; empty beyond the depth bound, and where its
  /// data are no AVPs.
  @inlinable
  public func members(of attribute: DiameterAttribute) -> DiameterAttributes {
    DiameterAttributes(bytes: bytes, range: attribute.data, depth: attribute.depth &+ 1)
  }

  /// The first AVP with this code of this vendor; nil where there is none.
  @inlinable
  public func first(_ code: UInt32, vendor: UInt32 = DiameterVendor.none) -> DiameterAttribute? {
    first { $0.isAttribute(code, vendor: vendor) }
  }

  /// The data of the first AVP with this code of this vendor; empty where there is none.
  @inlinable
  public func data(_ code: UInt32, vendor: UInt32 = DiameterVendor.none) -> ByteRange {
    first(code, vendor: vendor)?.data ?? ByteRange()
  }

  /// The data of every AVP with this code of this vendor.
  public func allData(_ code: UInt32, vendor: UInt32 = DiameterVendor.none) -> [ByteRange] {
    var found: [ByteRange] = []
    for attribute in self where attribute.isAttribute(code, vendor: vendor) { found.append(attribute.data) }
    return found
  }

  /// The four octets of the first AVP with this code of this vendor as Unsigned32 or Enumerated (RFC 6733 section 4.2);
  /// nil where there is none or it has another length.
  @inlinable
  public func unsigned32(_ code: UInt32, vendor: UInt32 = DiameterVendor.none) -> UInt32? {
    first(code, vendor: vendor).flatMap { bytes.rawSpan.unsigned32(in: $0.data) }
  }
}
