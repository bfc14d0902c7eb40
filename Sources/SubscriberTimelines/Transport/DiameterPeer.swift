import CaptureFacts

/// A Diameter connection with what its two ends said about themselves and how they kept it alive (RFC 6733 section 5).
public struct DiameterPeer: Sendable {
  /// One end.
  public struct End: Sendable {
    /// The node.
    public internal(set) var node: NodeHandle
    /// Its end of the connection; of several addresses the first seen.
    public internal(set) var endpoint: Endpoint
    /// Origin-Host.
    public internal(set) var originHost: String?
    /// Origin-Realm.
    public internal(set) var originRealm: String?
    /// Product-Name.
    public internal(set) var productName: String?
    /// The applications that it offers (RFC 6733 section 2.4), ordered.
    public internal(set) var applications: [UInt32] = []
    /// DWRs that it received.
    public internal(set) var watchdogsReceived: UInt64 = 0
    /// DWAs that it sent.
    public internal(set) var watchdogsAnswered: UInt64 = 0
    /// DWRs that it did not answer though it was time to.
    public internal(set) var watchdogsUnanswered: UInt64 = 0
    /// Requests that it received, all commands.
    public internal(set) var requestsReceived: UInt64 = 0
    /// Messages that it sent.
    public internal(set) var messagesSent: UInt64 = 0
    /// The longest time in nanoseconds from a request to it until anything came from it, or until the end of what was
    /// seen; nil where it was asked nothing.
    public internal(set) var longestSilence: Int64?
  }

  /// How an end announced that it leaves.
  public struct Disconnect: Sendable {
    /// Whether the end that opened the connection sent DPR.
    public internal(set) var isByClient: Bool
    /// Disconnect-Cause (RFC 6733 section 5.4.3); nil where it is missing.
    public internal(set) var cause: UInt32?
    /// The frame of DPR.
    public internal(set) var requestFrame: FrameReference
    /// The frame of DPA; nil while there is none.
    public internal(set) var answerFrame: FrameReference?
  }

  /// The end that opened the connection: it sent CER, else it speaks from the higher port.
  public internal(set) var client: End
  /// The other end.
  public internal(set) var server: End
  /// TCP or SCTP.
  public internal(set) var transport: TransportProtocol
  /// When its first message was seen.
  public internal(set) var firstTime: Timestamp
  /// When its last message was seen.
  public internal(set) var lastTime: Timestamp
  /// The frame of CER; nil where the capture does not have it.
  public internal(set) var capabilitiesRequestFrame: FrameReference?
  /// The frame of CEA; nil where there was none.
  public internal(set) var capabilitiesAnswerFrame: FrameReference?
  /// Result-Code of CEA.
  public internal(set) var capabilitiesResult: UInt32?
  /// The last DPR.
  public internal(set) var disconnect: Disconnect?
  /// How often the ends exchanged capabilities: more than once where the connection was opened anew from the same port,
  /// or an SCTP association restarted.
  public internal(set) var capabilitiesExchanges: UInt64 = 0

  /// Whether something about it is not as it should be.
  public var isTroubled: Bool {
    disconnect != nil || [client, server].contains { $0.watchdogsUnanswered > 0 }
      || capabilitiesResult.map { !(2000..<3000).contains($0) } ?? (capabilitiesRequestFrame != nil)
  }
}
