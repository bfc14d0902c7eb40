import CaptureFacts

/// The hop of a call whose session description asked for a stream: the leg that the stream belongs to.
public struct MediaLeg: Sendable {
  /// The Call-ID of its dialog.
  public var callID: String
  /// Who sent the description, and with it wants to receive the stream, or relays it.
  public var from: NodeHandle
  /// Whom the description was sent to.
  public var to: NodeHandle
  /// The message with the description, where it was seen first.
  public var frame: FrameReference
}
