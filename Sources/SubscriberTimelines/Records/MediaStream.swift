/// One direction of media of a call.
public struct MediaStream: Sendable {
  /// `ip:port` of the sender.
  public var from: String
  /// `ip:port` of the receiver.
  public var to: String
  /// The kind of media as SDP names it: `audio`, `video`, ...
  public var mediaType: String
  /// The codec as SDP names it: `AMR-WB/16000`.
  public var codec: String?
}
