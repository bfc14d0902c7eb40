/// What was seen and what was not seen into: the `coverage` of a report, from which a person decides whether to trust the
/// rest.
public struct Coverage: Sendable {
  /// SIP messages, copies and retransmissions not counted.
  public var sipMessages: UInt64 = 0
  /// SIP messages as often as frames show them.
  public var sipObservations: UInt64 = 0
  /// Diameter messages, copies and retransmissions not counted.
  public var diameterMessages: UInt64 = 0
  /// Diameter messages as often as frames show them.
  public var diameterObservations: UInt64 = 0
  /// Diameter exchanges of subscribers that could not be placed in a registration, call or subscriber.
  public var diameterUnplaced: UInt64 = 0
  /// OPTIONS outside of dialogs, which make no record.
  public var keepAlives: UInt64 = 0
  /// Those of them that nobody answered.
  public var unansweredKeepAlives: UInt64 = 0
  /// Packets of RTP, SRTP and UDPTL in streams that are over.
  public var mediaPackets: UInt64 = 0
  /// RTCP packets, compounds counted once.
  public var controlPackets: UInt64 = 0
  /// Streams of media.
  public var mediaStreams: UInt64 = 0
  /// Streams of media that belong to no call.
  public var mediaStreamsUnplaced: UInt64 = 0
  /// Encapsulating security payloads opened.
  public var securityPayloadsOpened: UInt64 = 0
  /// What became of the packets of each security association.
  public var securityAssociations: [SecurityAssociationCoverage] = []
  /// Frames that carry a comment.
  public var commentedFrames: UInt64 = 0
  /// Everything else that was not seen into.
  public var anomalies = AnomalyLedger()

  /// Nothing seen yet.
  public init() {}
}
