/// The way that one message took: from where to where, over which transport.
public struct Flow: Hashable, Sendable {
  /// Where the message came from.
  public var source: Endpoint

  /// Where it went.
  public var destination: Endpoint

  /// What carried it.
  public var transport: TransportProtocol

  /// Makes the way from `source` to `destination`.
  @inlinable
  public init(source: Endpoint, destination: Endpoint, transport: TransportProtocol) {
    self.source = source
    self.destination = destination
    self.transport = transport
  }

  /// The way back.
  @inlinable
  public var reversed: Flow {
    Flow(source: destination, destination: source, transport: transport)
  }
}

extension Flow: CustomStringConvertible {
  /// `UDP 10.0.0.1:5060 > 10.0.0.2:5060`.
  public var description: String {
    "\(transport.name) \(source) > \(destination)"
  }
}
