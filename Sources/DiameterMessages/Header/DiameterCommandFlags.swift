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
  @inlinable public static var request: DiameterCommandFlags { DiameterCommandFlags(rawValue: 0x80) }
  /// P: may be proxied, relayed or redirected.
  @inlinable public static var proxiable: DiameterCommandFlags { DiameterCommandFlags(rawValue: 0x40) }
  /// E: a protocol error; the answer does not follow the grammar of its command.
  @inlinable public static var error: DiameterCommandFlags { DiameterCommandFlags(rawValue: 0x20) }
  /// T: possibly sent before, after a link failover.
  @inlinable public static var potentiallyRetransmitted: DiameterCommandFlags { DiameterCommandFlags(rawValue: 0x10) }

  /// The four reserved bits: zero when sent.
  @inlinable static var reserved: UInt8 { 0x0f }
}
