import CaptureFacts

/// What reading a frame of an interface needs.
struct InterfaceClock {
  /// How its frames begin.
  var linkType: LinkType
  /// What it counts time in.
  var resolution = TimestampResolution.microseconds
  /// The number of bytes kept of each frame at most; 0 for no limit.
  var snapLength: UInt32 = 0
  /// The time of its last frame, in nanoseconds since the epoch.
  var lastTime = Int64.min
  /// What its last statistics said was dropped by the interface.
  var interfaceDrops: UInt64 = 0
  /// What its last statistics said was dropped by the operating system.
  var systemDrops: UInt64 = 0
}
