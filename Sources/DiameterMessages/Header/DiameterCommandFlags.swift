/// The command flags of a Diameter header (RFC 6733 section 3).
public struct DiameterCommandFlags: OptionSet, Hashable, Sendable {
  /// The octet as it is on the wire.
  public let rawValue: UInt8

  /// Takes the octet as it is on the wire.
  @inlinable
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// R: a request; an answer where it is clear.
  public static let request = DiameterCommandFlags(rawValue: 0x80)
  /// P: may be proxied, relayed or redirected.
  public static let proxiable = DiameterCommandFlags(rawValue: 0x40)
  /// E: a protocol error; the answer does not follow the grammar of its command.
  public static let error = DiameterCommandFlags(rawValue: 0x20)
  /// T: possibly sent before, after a link failover.
  public static let potentiallyRetransmitted = DiameterCommandFlags(rawValue: 0x10)

  /// The four reserved bits: zero when sent.
  @usableFromInline static let reserved: UInt8 = 0x0f
}
