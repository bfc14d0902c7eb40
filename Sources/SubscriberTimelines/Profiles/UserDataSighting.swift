import ByteReading
import DiameterMessages

/// What a look at User-Data finds.
struct UserDataSighting {
  /// Where the identities stand that differ from one subscriber to the next.
  let identities: [ByteRange]
  /// Where public identities stand, each as often as it is written.
  let publicIdentities: [ByteRange]
  /// The place of the content that it is, with other identities; nil where that is not known.
  var content: UInt32?
}
