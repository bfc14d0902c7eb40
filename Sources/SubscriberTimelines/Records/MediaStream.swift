import MediaStreams

/// One direction of media of a call: as its descriptions agreed on it, as the capture shows it, or both.
public struct MediaStream: Sendable {
  /// `ip:port` of the sender.
  public var from: String
  /// `ip:port` of the receiver.
  public var to: String
  /// The kind of media as SDP names it: `audio`, `video`, ...
  public var mediaType: String
  /// The codec as SDP names it, that of the packets where there are some: `AMR-WB/16000`.
  public var codec: String?
  /// What was seen of it; nil where no packet was.
  public var observed: ObservedMediaStream?
  /// The leg that it belongs to; nil where no description of the call has its ends, or nothing was seen of it.
  public var leg: MediaLeg?
  /// From the answer to its first packet, in nanoseconds; negative for early media, nil for a call without answer.
  public var firstPacketDelay: Int64?
}
