/// The two ends of a datagram over IPv4, as they lie in its headers: what tells flows apart in twelve bytes.
public struct IPv4Flow: Hashable, Sendable {
  /// The address of the source, then that of the destination.
  public let addresses: UInt64

  /// The port of the source, then that of the destination.
  public let ports: UInt32

  /// Takes what stands in the headers.
  @inlinable
  public init(addresses: UInt64, ports: UInt32) {
    self.addresses = addresses
    self.ports = ports
  }

  /// The flow between two endpoints; nil where one of them is not of IPv4.
  @inlinable
  public init?(from source: Endpoint, to destination: Endpoint) {
    guard source.address.isV4, destination.address.isV4 else { return nil }
    addresses = UInt64(source.address.v4Bits) << 32 | UInt64(destination.address.v4Bits)
    ports = UInt32(source.port) << 16 | UInt32(destination.port)
  }

  /// Where the datagram came from.
  @inlinable
  public var source: Endpoint {
    Endpoint(
      address: IPAddress(v4: UInt32(truncatingIfNeeded: addresses >> 32)), port: UInt16(truncatingIfNeeded: ports >> 16)
    )
  }

  /// Where it went.
  @inlinable
  public var destination: Endpoint {
    Endpoint(address: IPAddress(v4: UInt32(truncatingIfNeeded: addresses)), port: UInt16(truncatingIfNeeded: ports))
  }
}
