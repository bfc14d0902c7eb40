extension String {
  /// The text that a C library hands over as bytes that end with a zero; empty where it hands over none. What is not UTF-8
  /// is replaced by U+FFFD.
  @unsafe public init(zeroTerminated bytes: UnsafePointer<UInt8>?) {
    guard let bytes = unsafe bytes else {
      self = ""
      return
    }
    self = unsafe String(cString: bytes)
  }

  /// The text that a C library hands over by its first byte and the one behind its last; empty where there are none. What
  /// is not UTF-8 is replaced by U+FFFD.
  @unsafe public init(from start: UnsafePointer<UInt8>?, to end: UnsafePointer<UInt8>?) {
    guard let start = unsafe start, let end = unsafe end, unsafe end > start else {
      self = ""
      return
    }
    self = unsafe String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
  }
}
