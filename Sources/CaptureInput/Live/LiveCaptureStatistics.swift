/// What the system counted during a live capture, over all interfaces.
public struct LiveCaptureStatistics: Hashable, Sendable {
  /// Packets that passed the filter, including those dropped afterwards.
  public var received: UInt64 = 0
  /// Packets dropped because the buffer was full.
  public var droppedByKernel: UInt64 = 0
  /// Packets dropped by interfaces or their drivers, where these say so.
  public var droppedByInterface: UInt64 = 0

  /// Packets dropped, wherever.
  public var dropped: UInt64 { droppedByKernel &+ droppedByInterface }

  /// Nothing counted.
  public init() {}

  /// The sum of two counts.
  static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.received &+= right.received
    sum.droppedByKernel &+= right.droppedByKernel
    sum.droppedByInterface &+= right.droppedByInterface
    return sum
  }
}
