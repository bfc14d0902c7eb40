import CaptureFacts

/// The two ends of a conversation in a fixed order, so that both of its directions have one key: integers only, 36
/// bytes.
struct EndpointPair: Hashable, Sendable {
  /// One end of the pair.
  enum Side: UInt8, Sendable {
    /// The end that is ordered first.
    case low
    /// The end that is ordered last.
    case high

    /// The opposite end.
    var other: Side { self == .low ? .high : .low }
  }

  let lowAddress: IPAddress
  let highAddress: IPAddress
  let lowPort: UInt16
  let highPort: UInt16

  /// The pair of a packet from `source` to `destination`.
  init(_ source: Endpoint, _ destination: Endpoint) {
    if EndpointPair.sender(source, destination) == .low {
      (lowAddress, lowPort) = (source.address, source.port)
      (highAddress, highPort) = (destination.address, destination.port)
    } else {
      (lowAddress, lowPort) = (destination.address, destination.port)
      (highAddress, highPort) = (source.address, source.port)
    }
  }

  /// Which end of its pair the source of a packet is. A packet to its own address and port is from the low end.
  static func sender(_ source: Endpoint, _ destination: Endpoint) -> Side {
    destination < source ? .high : .low
  }

  /// The end on this side.
  func endpoint(_ side: Side) -> Endpoint {
    side == .low
      ? Endpoint(address: lowAddress, port: lowPort) : Endpoint(address: highAddress, port: highPort)
  }

  /// The way from this side to the other.
  func flow(from side: Side, over transport: TransportProtocol) -> Flow {
    Flow(source: endpoint(side), destination: endpoint(side.other), transport: transport)
  }

  private static let firstKey = UInt64.random(in: .min ... .max)
  private static let secondKey = UInt64.random(in: .min ... .max)

  /// What tables ask for: mixed under a key of the process, in three steps where the standard library takes seven.
  func _rawHashValue(seed: Int) -> Int {
    Int(truncatingIfNeeded: hash(EndpointPair.firstKey, EndpointPair.secondKey)) ^ seed
  }

  /// A hash under the two halves of a key that the capture cannot know. Each factor has a half of it: nobody can make one
  /// zero, which would make all the rest indifferent.
  func hash(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let ports = UInt64(lowPort) << 16 | UInt64(highPort)
    let left = EndpointPair.fold(lowAddress.low ^ first, highAddress.low ^ second)
    let right = EndpointPair.fold(lowAddress.high ^ ports << 32 ^ second, highAddress.high ^ ports ^ first)
    return EndpointPair.fold(left ^ first, right ^ second)
  }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
