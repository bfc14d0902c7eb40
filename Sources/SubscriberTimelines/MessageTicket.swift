/// Names a message that was taken, for as long as its record or exchange is open: what is learned later about the frames
/// that carried it finds its place.
public struct MessageTicket: Hashable, Sendable {
  /// The place of its record, or of its exchange over Diameter.
  let place: UInt32
  /// Which of those that have stood at this place.
  let generation: UInt32
  /// Whether it is a Diameter message.
  let isDiameter: Bool
  /// The hash of the message and its way.
  let fingerprint: UInt64
}
