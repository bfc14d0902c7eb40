#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that the user gives beside captures, small enough to be read whole.
enum SmallFile {
  /// The bytes of the file at `path`, the first `longest` of them where it has more; nil where it cannot be read, and
  /// `errno` says why.
  static func bytes(path: String, longest: Int) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: min(longest, 1 << 16))
    while bytes.count < longest {
      let wanted = min(block.count, longest - bytes.count)
      let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, wanted) }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if count == 0 { break }
      bytes += block[..<count]
    }
    return bytes
  }
}
