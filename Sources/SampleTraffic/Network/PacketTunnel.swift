import CaptureFacts

/// A GTP-U tunnel (TS 29.281) that carries the packets of some addresses: the radio side of Gm.
public struct PacketTunnel: Hashable, Sendable {
  /// The addresses of the UEs inside the tunnel.
  public var inside: Set<IPAddress>

  /// The node at the radio side.
  public var access: IPAddress

  /// The node at the core side.
  public var gateway: IPAddress

  /// Makes a tunnel between `access` and `gateway` for the UEs with the addresses `inside`.
  public init(inside: Set<IPAddress>, access: IPAddress, gateway: IPAddress) {
    self.inside = inside
    self.access = access
    self.gateway = gateway
  }

  /// The G-PDU around an inner packet: version 1, protocol type GTP, no optional fields (TS 29.281 section 5.1).
  static func userPacket(_ inner: [UInt8], tunnelEndpoint: UInt32) -> [UInt8] {
    var bytes: [UInt8] = [0x30, 0xff]
    bytes.append(bigEndian: UInt16(inner.count))
    bytes.append(bigEndian: tunnelEndpoint)
    return bytes + inner
  }
}
