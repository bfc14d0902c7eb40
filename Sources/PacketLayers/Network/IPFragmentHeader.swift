/// What reassembly needs of a fragment (RFC 791 section 3.1, RFC 8200 section 4.5).
public struct IPFragmentHeader: Hashable, Sendable {
  /// The identification that its fragments share.
  public var identification: UInt32

  /// The protocol of the whole datagram: the IP protocol number, or the next header of the fragmentable part.
  public var ipProtocol: UInt8

  /// Where the payload belongs in the whole, in bytes.
  public var offset: Int

  /// Whether more fragments follow.
  public var moreFollow: Bool

  /// Describes a fragment.
  @inlinable
  public init(identification: UInt32, ipProtocol: UInt8, offset: Int, moreFollow: Bool) {
    self.identification = identification
    self.ipProtocol = ipProtocol
    self.offset = offset
    self.moreFollow = moreFollow
  }
}
