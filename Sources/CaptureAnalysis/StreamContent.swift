import CaptureFacts

/// What both directions of a TCP connection were found to carry.
enum StreamContent: UInt8 {
  case unknown
  case sip
  case diameter

  /// The layer to name where something is wrong with it.
  var layer: LayerKind {
    switch self {
    case .sip: .sip
    case .diameter: .diameter
    case .unknown: .tcp
    }
  }
}
