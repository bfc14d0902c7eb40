import CaptureFacts

/// What a receiver tells its security associations apart by (RFC 4301 section 4.1).
public struct AssociationName: Hashable, Sendable {
  /// The security parameters index.
  public var spi: UInt32
  /// Where the packets go.
  public var destination: IPAddress

  /// Names an association.
  public init(spi: UInt32, destination: IPAddress) {
    self.spi = spi
    self.destination = destination
  }
}
