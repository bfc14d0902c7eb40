/// A message together with where and when the capture showed it.
public struct Observed<Message: Sendable>: Sendable {
  /// What was seen.
  public var message: Message

  /// When its last byte was captured.
  public var time: Timestamp

  /// The frame that completed it: the one in which Wireshark shows a reassembled message.
  public var frame: FrameReference

  /// The other frames that carried a part of it, in order of number; empty for a message of one frame.
  public var otherFrames: [FrameReference]

  /// From where to where; the innermost addresses where the frame was tunnelled.
  public var flow: Flow

  /// The layers around it, outermost first.
  public var path: LayerPath

  /// Where the capture saw it.
  public var point: CapturePointHandle

  /// The station of that point: messages of one station have one clock.
  public var station: UInt32 = 0

  /// A transport-level mark that tells a copy of the same transmission from a retransmission: the IPv4 identification
  /// (RFC 791) of a datagram, the TCP sequence number or the SCTP TSN of the first byte; 0 where there is none.
  public var transmissionMark: UInt32

  /// What its capture agent says that it belongs to (correlation identifier of HEP version 3); nil where it says nothing.
  public var correlationIdentifier: String?

  /// Places a message where it was seen.
  public init(
    message: Message, time: Timestamp, frame: FrameReference, otherFrames: [FrameReference] = [], flow: Flow,
    path: LayerPath = LayerPath(), point: CapturePointHandle = .first, transmissionMark: UInt32 = 0,
    correlationIdentifier: String? = nil
  ) {
    self.message = message
    self.time = time
    self.frame = frame
    self.otherFrames = otherFrames
    self.flow = flow
    self.path = path
    self.point = point
    self.transmissionMark = transmissionMark
    self.correlationIdentifier = correlationIdentifier
  }
}
