/// How a live capture is made.
public struct LiveCaptureOptions: Sendable {
  /// The names of the interfaces, `any` for all at once.
  public var interfaces: [String]
  /// What to let through, in the language of libpcap; nil for everything.
  public var filter: String?
  /// How many bytes of each frame to keep at most.
  public var snapLength: Int32 = 262_144
  /// Whether to see frames that are not for this machine.
  public var isPromiscuous = true
  /// The size of the kernel's buffer for each interface, in bytes; nil for libpcap's own.
  public var bufferSize: Int32?

  /// Captures from these interfaces.
  public init(interfaces: [String], filter: String? = nil) {
    self.interfaces = interfaces
    self.filter = filter
  }
}
