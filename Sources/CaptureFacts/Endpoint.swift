/// One end of a conversation: an address with a port; port 0 where the transport has none or it is not known.
public struct Endpoint: Hashable, Sendable {
  /// The network address.
  public var address: IPAddress

  /// The port of UDP, TCP or SCTP.
  public var port: UInt16

  /// Makes the end with this address and port.
  @inlinable
  public init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }
}

extension Endpoint: Comparable {
  /// Ends are ordered by address, then by port.
  @inlinable
  public static func < (left: Endpoint, right: Endpoint) -> Bool {
    left.address == right.address ? left.port < right.port : left.address < right.address
  }
}

extension Endpoint: LosslessStringConvertible {
  /// Reads `ip:port`; nil where the text is none.
  public init?(_ description: String) {
    guard let colon = description.lastIndex(of: ":"),
      let port = UInt16(description[description.index(after: colon)...]),
      let address = IPAddress(String(description[..<colon]))
    else { return nil }
    self.init(address: address, port: port)
  }

  /// `ip:port`, with an IPv6 address in brackets (RFC 5952 section 6).
  public var description: String {
    address.isV4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}
