import ByteReading

/// Goes from one AVP to the next over the data of a message or of a group, without touching what they carry. Stops for
/// good, and says why, where a length leads out of what surrounds it.
public struct DiameterAttributeWalk: Sendable {
  /// How many groups may lie inside each other. Ro nests deepest of the standards, six levels (Multiple-Services-Credit-
  /// Control down to Flows, Service-Information down to SDP-Media-Component); the rest is for what is not known.
  @inlinable public static var depthBound: UInt8 { 16 }

  /// The octets of an AVP header without and with a Vendor-ID.
  @inlinable static var shortHeader: Int { 8 }
  @inlinable static var longHeader: Int { 12 }

  @usableFromInline var offset: Int
  @usableFromInline let end: Int
  @usableFromInline let depth: UInt8

  /// Why the walk stopped before the end of its range; nil while it has not.
  public private(set) var failure: ParseFailure?

  /// Begins at the front of `range`, which lies inside the bytes that `next(in:)` will be given.
  @inlinable
  public init(over range: ByteRange, depth: UInt8 = 0) {
    self.init(offset: Int(range.start), end: Int(range.end), depth: depth)
  }

  @usableFromInline
  init(offset: Int, end: Int, depth: UInt8) {
    self.offset = offset
    self.end = end
    self.depth = depth
    if depth > DiameterAttributeWalk.depthBound { stop(.nestedTooDeep, at: offset) }
  }

  /// The next AVP; nil at the end, and after a failure. `bytes` are the same in every call.
  ///
  /// The padding behind the last AVP may be missing: the group around it ends with the data (RFC 6733 section 4.4).
  @inlinable @inline(__always)
  public mutating func next(in bytes: RawSpan) -> DiameterAttribute? {
    guard offset < end else { return nil }
    let start = offset
    let available = min(end, bytes.byteCount) - start
    guard available >= DiameterAttributeWalk.shortHeader else {
      stop(.truncated, at: start)
      return nil
    }
    // Code, flags and length in one load.
    let fields = bytes.bigEndianUInt64(at: start)
    let code = UInt32(truncatingIfNeeded: fields >> 32)
    let flags = DiameterAttributeFlags(rawValue: UInt8(truncatingIfNeeded: fields >> 24))
    let length = Int(truncatingIfNeeded: fields & 0xff_ffff)
    let hasVendor = flags.contains(.vendorSpecific)
    let header = hasVendor ? DiameterAttributeWalk.longHeader : DiameterAttributeWalk.shortHeader
    guard length >= header, length <= available else {
      stop(.lengthContradicts, at: start + 5)
      return nil
    }
    let vendor = hasVendor ? bytes.bigEndianUInt32(at: start + 8) : DiameterVendor.none
    let dataEnd = start &+ length
    offset = min(end, start &+ ((length &+ 3) & ~3))
    return DiameterAttribute(
      code: code, vendor: vendor, flags: flags, depth: depth, range: ByteRange(start, dataEnd),
      data: ByteRange(start &+ header, dataEnd))
  }
  /// Ends the walk.
  @usableFromInline
  mutating func stop(_ reason: ParseFailure.Reason, at offset: Int) {
    failure = ParseFailure(reason, at: offset)
    self.offset = end
  }
}
