import Glibc

/// A file that holds a key.
enum KeyFile {
  /// The longest that is read: a key is shorter.
  static let longest = 4096

  /// The bytes of the file at `path`, as far as they are read; nil where it cannot be.
  static func bytes(path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: longest)
    var count = 0
    while count < longest {
      let added = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress.map { unsafe $0 + count }, longest - count)
      }
      if added < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if added == 0 { break }
      count += added
    }
    return Array(bytes[..<count])
  }
}
