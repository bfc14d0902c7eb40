import ByteReading
import CLibCrypto

/// A key. It lies in one place, is never copied to another, has no text, and is wiped when nobody needs it any more.
@safe public final class SecretBytes {
  private let storage: UnsafeMutableRawBufferPointer

  /// Takes a copy of the bytes of `range`, followed by so many zeros.
  public init(_ bytes: RawSpan, in range: Range<Int>, zeros: Int = 0) {
    let part = bytes.extracting(range)
    let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: part.byteCount + max(0, zeros), alignment: 8)
    unsafe storage.initializeMemory(as: UInt8.self, repeating: 0)
    unsafe part.withUnsafeBytes { source in
      unsafe UnsafeMutableRawBufferPointer(rebasing: storage[..<source.count]).copyMemory(from: source)
    }
    unsafe self.storage = storage
  }

  /// So many zeros: the place for a value to be computed.
  static func zeros(_ count: Int) -> SecretBytes {
    let nothing: [UInt8] = []
    return SecretBytes(nothing.rawSpan, in: 0..<0, zeros: count)
  }

  /// Takes the parts one after the other.
  init(joining parts: [(SecretBytes, Range<Int>)]) {
    let count = parts.reduce(0) { $0 + $1.1.count }
    let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 8)
    var end = 0
    for (part, range) in parts {
      unsafe part.withBytes { source in
        unsafe UnsafeMutableRawBufferPointer(rebasing: storage[end..<end + range.count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
      }
      end += range.count
    }
    unsafe self.storage = storage
  }

  deinit {
    if let base = unsafe storage.baseAddress { unsafe OPENSSL_cleanse(base, storage.count) }
    unsafe storage.deallocate()
  }

  /// The number of bytes.
  public var count: Int { unsafe storage.count }

  /// Lends the bytes for one call.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(storage))
  }

  /// Lends the bytes for one call that writes them.
  func withMutableBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
    unsafe body(storage)
  }
}

extension SecretBytes: CustomStringConvertible, CustomReflectable {
  /// Nothing of the key.
  public var description: String { "a key" }

  /// Nothing of the key.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
