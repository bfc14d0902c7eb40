import CaptureFacts

/// A network interface that a capture describes, or that is being captured from.
public struct CaptureInterface: Hashable, Sendable {
  /// The name, such as `eth0`; empty where the file does not say.
  public var name: String
  /// The description; empty where the file does not say.
  public var description: String
  /// How its frames begin.
  public var linkType: LinkType
  /// The number of bytes kept of each frame at most; 0 for no limit.
  public var snapLength: UInt32

  /// Describes an interface.
  public init(name: String = "", description: String = "", linkType: LinkType, snapLength: UInt32 = 0) {
    self.name = name
    self.description = description
    self.linkType = linkType
    self.snapLength = snapLength
  }
}
