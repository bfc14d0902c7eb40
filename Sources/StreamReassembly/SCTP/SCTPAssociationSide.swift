import CaptureFacts

/// What is known of one end of an SCTP association.
struct SCTPAssociationSide: Sendable {
  /// What an INIT or INIT ACK of an association that is open already offers: it takes effect when the handshake is
  /// completed (RFC 9260 section 5.2).
  struct Offer: Sendable {
    var tag: UInt32
    var firstTransmissionNumber: UInt32
  }

  /// A HEARTBEAT that waits for its answer.
  struct Heartbeat: Sendable {
    var content: UInt64
    var flow: Flow
    var time: Timestamp
    var frame: FrameReference
  }

  /// The verification tag that this end chose: packets to it carry it.
  var tag: UInt32?

  /// The handshake under way beside the open association.
  var offer: Offer?

  /// Whether a packet of this end was seen.
  var wasSeen = false

  var window = SCTPTransmissionWindow()
  var fragments = SCTPFragmentStore()
  var heartbeats: [Heartbeat] = []
  var counts = SCTPAssociationHealth.Side()
}
