import CaptureFacts

/// When a packet came, in which frame, and what tells copies of it.
public struct PacketArrival {
  /// When it was captured.
  public var time: Timestamp
  /// The frame that carried it.
  public var frame: FrameReference
  /// The identification of its IP header; 0 where there is none. A copy from another capture point has the same.
  public var identification: UInt32
  /// Whether it was encrypted and a key has opened it.
  public var isOpened: Bool

  /// Makes the arrival of a packet.
  @inlinable
  public init(time: Timestamp, frame: FrameReference, identification: UInt32, isOpened: Bool = false) {
    self.time = time
    self.frame = frame
    self.identification = identification
    self.isOpened = isOpened
  }
}
