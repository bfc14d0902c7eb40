import CaptureFacts

/// What one message shows of two nodes, of which one asks and the other is asked.
struct NodeEvent {
  /// What it is.
  enum Kind {
    /// A request that is to be answered, for the first time.
    case request
    /// The same request once more.
    case repeatedRequest
    /// A final response of SIP; `isOwn` where the node did not pass on what another answered, `retryAfter` in seconds.
    case status(UInt16, isOwn: Bool, retryAfter: UInt32?)
    /// An answer of Diameter with Result-Code, 0 where it has none; `reduction` is the percentage of OC-OLR (RFC 7683
    /// section 7.7).
    case result(UInt32, isOwn: Bool, reduction: UInt32?)
    /// Anything that the asked node sent to the asking one.
    case sign

    /// The place of the case.
    var place: Int {
      switch self {
      case .request: 0
      case .repeatedRequest: 1
      case .status: 2
      case .result: 3
      case .sign: 4
      }
    }
  }

  let kind: Kind
  let asker: NodeHandle
  let asked: NodeHandle
  let time: Timestamp
  let frame: FrameReference
  /// Whether it is of SIP.
  let isSIP: Bool
}
