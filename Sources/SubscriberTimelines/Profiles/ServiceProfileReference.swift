/// The service profile of a subscriber: which content of User-Data, and the identities in it.
public struct ServiceProfileReference: Hashable, Sendable {
  /// The place of the content.
  let content: UInt32
  /// The identities in the order in which the content marks them, raw, with a separator behind each.
  let identities: [UInt8]
}
