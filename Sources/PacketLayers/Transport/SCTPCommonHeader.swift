/// What reassembly needs of an SCTP common header (RFC 9260 section 3.1).
public struct SCTPCommonHeader: Hashable, Sendable {
  /// The verification tag: names the association for its receiver; 0 on a packet with INIT.
  public var verificationTag: UInt32

  /// The CRC32c as on the wire, read big-endian.
  public var checksum: UInt32

  /// Describes a packet.
  @inlinable
  public init(verificationTag: UInt32, checksum: UInt32) {
    self.verificationTag = verificationTag
    self.checksum = checksum
  }
}
