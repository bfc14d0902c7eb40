import CaptureFacts

/// Something that one node puts on the wire at one moment: the script of a scenario is a list of these, and the
/// packets follow from it once they stand in order of time.
struct Transmission {
  /// A signalling message on its way.
  struct Message {
    /// The index of the message in the scenario.
    var index: Int
    var bytes: [UInt8]
  }

  enum Content {
    /// Signalling; more than one go out together: in one TCP segment, or bundled in one SCTP packet.
    case messages([Message])
    /// A datagram that is not signalling: media, a name query.
    case datagram([UInt8])
    /// Bytes on a TCP connection that are no signalling: the keep-alive of RFC 5626 section 3.5.1, MSRP.
    case stream([UInt8])
    /// A TCP connection request that nobody answers, repeated.
    case unansweredConnection(attempts: Int)
    /// A TCP connection request answered by a reset.
    case refusedConnection
    /// An ICMP port unreachable that quotes the beginning of a UDP datagram (RFC 792).
    case portUnreachable(quoting: [UInt8])
    /// The client closes its TCP connection.
    case close
  }

  /// What happens to the segments of a TCP message on its way.
  enum Manner {
    /// In order, full segments.
    case smooth
    /// In order, segments of this many bytes.
    case segmented(Int)
    /// The last two segments change places.
    case outOfOrder
    /// The first segment is sent again 200 ms later, though it arrived.
    case repeatedSegment
  }

  /// Nanoseconds since the start of the scenario.
  var time: Int64
  var from: Endpoint
  var to: Endpoint
  var transport: TransportProtocol
  /// Whether `from` opened the connection that carries this; meaningless for UDP.
  var isFromClient = true
  var content: Content
  var manner = Manner.smooth
}
