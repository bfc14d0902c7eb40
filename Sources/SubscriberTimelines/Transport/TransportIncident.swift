import CaptureFacts

/// What the transport between two hosts showed, once or again and again: a request for a connection refused, a path that
/// went silent. Client ports differ from one try to the next, so the host that wanted something is known by its address.
public struct TransportIncident: Sendable {
  /// What happened.
  public enum Kind: UInt8, Sendable {
    /// A TCP SYN or SCTP INIT was answered by RST or ABORT.
    case refused
    /// A TCP SYN or SCTP INIT was not answered.
    case unanswered
    /// An ICMP error came back.
    case unreachable
    /// An open connection was torn down by RST or ABORT.
    case aborted
    /// An SCTP path did not answer its heartbeats.
    case heartbeatUnanswered
    /// An SCTP association restarted.
    case restarted

    /// The name in reports.
    public var name: String {
      switch self {
      case .refused: "refused"
      case .unanswered: "unanswered"
      case .unreachable: "unreachable"
      case .aborted: "aborted"
      case .heartbeatUnanswered: "heartbeat_unanswered"
      case .restarted: "restarted"
      }
    }
  }

  /// How many frames are kept.
  static let keptFrames = 5

  /// What happened.
  public let kind: Kind
  /// The SCTP cause of an abort (RFC 9260 section 3.3.10), or type and code of ICMP as the high and the low byte; 0 where
  /// there is none.
  public let code: UInt16
  /// Who wanted something.
  public let from: IPAddress
  /// Who did not give it.
  public let to: Endpoint
  /// Over which transport.
  public let transport: TransportProtocol
  /// How often.
  public private(set) var count: UInt64 = 0
  /// When it was seen first.
  public let firstTime: Timestamp
  /// When it was seen last.
  public private(set) var lastTime: Timestamp
  /// The first frames that show it.
  public private(set) var frames: [FrameReference] = []
  /// Whether it is a finding already, or will be one when its timer is due.
  var isAnnounced = false

  init(_ kind: Kind, code: UInt16, _ event: TransportEvent) {
    self.kind = kind
    self.code = code
    from = event.flow.source.address
    to = event.flow.destination
    transport = event.flow.transport
    firstTime = event.time
    lastTime = event.time
    add(event)
  }

  mutating func add(_ event: TransportEvent) {
    count += 1
    lastTime = max(lastTime, event.time)
    if frames.count < TransportIncident.keptFrames { frames.append(event.frame) }
  }

  /// What `code` means, in words; nil where it says nothing.
  public var codeName: String? {
    switch kind {
    case .aborted, .refused: transport == .sctp ? TransportIncident.sctpCauseName(code) : nil
    case .unreachable:
      ICMPError.name(type: UInt8(code >> 8), code: UInt8(code & 0xff), isVersion4: from.isV4)
    case .unanswered, .heartbeatUnanswered, .restarted: nil
    }
  }
}

extension TransportIncident {
  /// The name of a cause of ABORT (RFC 9260 section 3.3.10); nil for 0 and for what is not known.
  public static func sctpCauseName(_ code: UInt16) -> String? { SCTPCause.name(code) }
}

extension TransportIncident.Kind {
  /// The kind of an event with its code; nil for what is no incident.
  init?(_ event: TransportEvent.Kind, code: inout UInt16) {
    switch event {
    case .connectionRefused: self = .refused
    case .connectionUnanswered: self = .unanswered
    case .aborted(let cause):
      self = .aborted
      code = cause
    case .restarted: self = .restarted
    case .heartbeatUnanswered: self = .heartbeatUnanswered
    case .unreachable(let type, let number):
      self = .unreachable
      code = UInt16(type) << 8 | UInt16(number)
    case .connectionRepeated, .sameHost: return nil
    }
  }
}
