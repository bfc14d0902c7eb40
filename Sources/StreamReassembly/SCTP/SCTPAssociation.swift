import CaptureFacts

/// The state of one SCTP association that concerns both of its ends.
struct SCTPAssociation: Sendable {
  /// One end of an association.
  enum End: UInt8, Sendable {
    /// The end that opened it, or was seen first.
    case opener = 0
    case responder = 1

    /// The opposite end.
    var other: End { self == .opener ? .responder : .opener }
  }

  enum Phase: UInt8, Sendable {
    /// The slot is not in use.
    case free
    /// INIT was seen and no answer.
    case requested
    /// INIT was answered, and no more was seen.
    case unproven
    /// Data flows or may flow.
    case open
    /// Shut down or aborted; remembered for late chunks.
    case closed
  }

  /// Where an address pair leads.
  struct Path: Sendable {
    var slot: UInt32
    /// Which end is the low one of the pair.
    var low: End
    /// The indices of the directed paths in the health of the association, from the low and from the high side; nil
    /// while not seen.
    var fromLow: UInt8?
    var fromHigh: UInt8?
  }

  var phase = Phase.free
  var openerPort: UInt16
  var responderPort: UInt16

  /// When it was last seen, to the second, in the lists by age; exact in `health`.
  var listedTime: Timestamp

  /// The address pairs that lead here.
  var pairs: [EndpointPair] = []

  /// What it went through; the counts of its ends are kept with them.
  var health: SCTPAssociationHealth
}
