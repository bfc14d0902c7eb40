import CaptureFacts

/// Bytes of a stream in their order, borrowed for one call: a part of a TCP byte stream, or one whole SCTP user message.
public struct StreamChunk: ~Escapable {
  /// Which stream.
  public let stream: StreamIdentifier

  /// From where to where these bytes went.
  public let flow: Flow

  /// When the frame that made them deliverable was captured: for data that waited for a gap to close, the time of the
  /// frame that closed it; for data behind a gap that was given up, the time at which it was captured itself, so that
  /// the time of one stream may then be earlier than that of others already seen.
  public let time: Timestamp

  /// The frame that made them deliverable.
  public let frame: FrameReference

  /// The frame that carried the first of these bytes, where that is another one.
  public let carrier: FrameReference

  /// Further frames that carried parts of an SCTP message of several DATA chunks; empty otherwise.
  public let otherCarriers: [FrameReference]

  /// How many bytes of the stream before these are missing from the capture; 0 where they follow on. For data of which
  /// the amount is not known (a stream picked up after an unseen gap) at least 1.
  public let lostBytesBefore: Int

  /// The payload protocol identifier of an SCTP user message (RFC 9260 section 3.3.1); nil for TCP. Where it is not nil
  /// the bytes are one whole message.
  public let payloadProtocol: UInt32?

  /// The TCP sequence number or TSN of the first byte: tells a copy from a retransmission.
  public let transmissionMark: UInt32

  /// The layers around the bytes.
  public let path: LayerPath

  /// Where the capture saw them.
  public let point: CapturePointHandle

  /// The bytes.
  public let bytes: RawSpan

  /// Makes a chunk that borrows `bytes`.
  @inlinable @_lifetime(copy bytes)
  public init(
    stream: StreamIdentifier, flow: Flow, time: Timestamp, frame: FrameReference, carrier: FrameReference,
    otherCarriers: [FrameReference] = [], lostBytesBefore: Int, payloadProtocol: UInt32? = nil,
    transmissionMark: UInt32, path: LayerPath, point: CapturePointHandle, bytes: RawSpan
  ) {
    self.stream = stream
    self.flow = flow
    self.time = time
    self.frame = frame
    self.carrier = carrier
    self.otherCarriers = otherCarriers
    self.lostBytesBefore = lostBytesBefore
    self.payloadProtocol = payloadProtocol
    self.transmissionMark = transmissionMark
    self.path = path
    self.point = point
    self.bytes = bytes
  }
}
