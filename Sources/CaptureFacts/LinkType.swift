/// The link-layer header type of a frame: a LINKTYPE value of the registry at tcpdump.org/linktypes.html.
public struct LinkType: RawRepresentable, Hashable, Sendable {
  /// The registered number.
  public var rawValue: UInt32

  /// Names the link type with this registered number; any number is accepted, known or not.
  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }
}
