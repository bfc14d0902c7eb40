/// The type of a medium (RFC 8866 section 5.14 and its registry).
public enum SDPMediaType: UInt8, Sendable {
  /// A type that is not in this list.
  case other
  /// Voice and other sound.
  case audio
  /// Pictures in motion.
  case video
  /// RFC 4103: real-time text.
  case text
  /// Data of applications, BFCP among them.
  case application
  /// RFC 4975: MSRP.
  case message
  /// T.38 fax.
  case image
}
