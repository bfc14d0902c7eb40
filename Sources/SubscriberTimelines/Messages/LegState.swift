import CaptureFacts

/// A leg while its record is open.
struct LegState {
  /// Who sent the request that opened it.
  let from: NodeHandle
  /// Who received it.
  let to: NodeHandle
  /// The place of its Call-ID in the trail.
  let dialog: Int
  /// How far that request had come: tells two crossings of the same pair of nodes apart.
  let viaCount: Int
  /// Whether it was opened by a request outside of a dialog: later ones travel along it.
  let isInitial: Bool
  /// What carried that request.
  let transport: TransportProtocol
  /// When it was seen.
  let start: Timestamp
  /// The place of its transaction in the trail.
  let transaction: Int
  /// Whether a message travelled it inside of ESP.
  var isProtected = false
}
