import CaptureFacts

/// What a file says about the frame it stands at. The bytes lie in the window of the file.
struct FrameHead {
  /// Nanoseconds since the epoch.
  var time: Int64 = 0
  /// How far the clock of the interface went back since its frame before, in nanoseconds; 0 where it did not.
  var stepBack: Int64 = 0
  /// The offset of the first byte in the window.
  var offset = 0
  /// The number of bytes kept.
  var captured = 0
  /// The number of bytes on the wire, not less than `captured`.
  var original: UInt32 = 0
  /// The index of the interface among those of the file.
  var interface = 0
  /// How the frame begins.
  var linkType = LinkType(rawValue: 0)
  /// Where the options of the block lie in the window; empty where there are none.
  var options = 0..<0
}
