/// Something that the transport showed and that explains what messages alone do not: a peer that refused, vanished or
/// restarted.
public struct TransportEvent: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    /// A TCP SYN or SCTP INIT was answered by RST or ABORT.
    case connectionRefused
    /// A TCP SYN or SCTP INIT was never answered within the capture or the bound of its timer.
    case connectionUnanswered
    /// A TCP SYN or SCTP INIT that was not answered was sent again. An answer may still come.
    case connectionRepeated
    /// A connection was torn down by RST or ABORT; the SCTP cause code (RFC 9260 section 3.3.10), 0 for TCP.
    case aborted(cause: UInt16)
    /// An SCTP association restarted (RFC 9260 section 5.2).
    case restarted
    /// An SCTP path did not answer its heartbeat (RFC 9260 section 8.3).
    case heartbeatUnanswered
    /// An ICMP error quoted a packet of this flow: type and code as ICMP of the address family has them.
    case unreachable(type: UInt8, code: UInt8)
    /// The source of the flow also has this address (SCTP multi-homing, RFC 9260 section 6.4).
    case sameHost(IPAddress)
  }

  /// What happened.
  public var kind: Kind

  /// The flow concerned, from the side that wanted something to the side that did not give it.
  public var flow: Flow

  /// When.
  public var time: Timestamp

  /// The frame that shows it.
  public var frame: FrameReference

  /// Records an event.
  public init(kind: Kind, flow: Flow, time: Timestamp, frame: FrameReference) {
    self.kind = kind
    self.flow = flow
    self.time = time
    self.frame = frame
  }
}
