import CaptureFacts

/// Where and when a datagram came.
public struct MediaArrival {
  /// The sender.
  public var source: Endpoint
  /// The receiver.
  public var destination: Endpoint
  /// When it was captured.
  public var time: Timestamp
  /// In which frame.
  public var frame: FrameReference
  /// The identification of its IP header; 0 where there is none.
  public var identification: UInt32
  /// Whether it was encrypted, and authenticated and opened before.
  public var isOpened: Bool

  /// Describes an arrival.
  @inlinable
  public init(
    source: Endpoint, destination: Endpoint, time: Timestamp, frame: FrameReference, identification: UInt32,
    isOpened: Bool = false
  ) {
    self.source = source
    self.destination = destination
    self.time = time
    self.frame = frame
    self.identification = identification
    self.isOpened = isOpened
  }
}
