import CaptureFacts

/// One SIP hop of a record: from one node to the next, under one Call-ID.
public struct Leg: Sendable {
  /// The node that sent the request that opened the leg.
  public var from: NodeHandle

  /// The node it went to.
  public var to: NodeHandle

  /// The Call-ID on this hop.
  public var callID: String

  /// What carried its first request.
  public var transport: TransportProtocol

  /// The reference point (TS 23.228 section 4): `Gm`, `Mw`, `ISC`, ...; nil where the roles do not tell.
  public var interface: String?

  /// When its first request was seen.
  public var start: Timestamp

  /// The final response to its first request; nil where none was seen.
  public var status: UInt16?

  /// From that request to that response, in nanoseconds.
  public var answerTime: Int64?

  /// Whether a message of it was inside of ESP that could be opened.
  public var isProtected = false

  /// All frames of the leg, ordered.
  public var frames: [FrameReference]
}
