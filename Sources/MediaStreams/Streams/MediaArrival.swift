import CaptureFacts

/// Where and when a datagram came.
public struct MediaArrival {
  /// The sender.
  public var source: Endpoint
  /// The receiver.
  public var destination: Endpoint
  /// When it came, and in which frame.
  public var packet: PacketArrival
  /// Whether tunnels are found at one of its ports: another datagram between them may be one although it begins as media
  /// do.
  public var isAtTunnelPort: Bool

  /// Describes an arrival.
  @inlinable
  public init(
    source: Endpoint, destination: Endpoint, time: Timestamp, frame: FrameReference, identification: UInt32,
    isOpened: Bool = false, isAtTunnelPort: Bool = false
  ) {
    self.source = source
    self.destination = destination
    packet = PacketArrival(time: time, frame: frame, identification: identification, isOpened: isOpened)
    self.isAtTunnelPort = isAtTunnelPort
  }

  /// When it was captured.
  @inlinable
  public var time: Timestamp { packet.time }

  /// In which frame.
  @inlinable
  public var frame: FrameReference { packet.frame }
}
