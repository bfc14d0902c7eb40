import ByteReading

/// The `o=` line (RFC 8866 section 5.2): together with its version it names a description.
public struct SDPOrigin: Hashable, Sendable {
  /// The user name.
  public var username = ByteRange()
  /// The session identifier.
  public var sessionID = ByteRange()
  /// The version, one higher with each change (RFC 3264 section 8).
  public var sessionVersion = ByteRange()
  /// The address or name of the host.
  public var address = ByteRange()

  /// An origin of which nothing is known.
  public init() {}

  init(_ bytes: RawSpan, in value: Range<Int>) {
    var words = SDPWordReader(bytes, in: value)
    username = words.nextRange()
    sessionID = words.nextRange()
    sessionVersion = words.nextRange()
    _ = words.next()
    _ = words.next()
    address = words.nextRange()
  }
}
