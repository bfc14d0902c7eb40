#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of security associations. What is read of it lies in memory that is wiped, for it holds keys.
public enum SecurityAssociationFile {
  /// The longest file that is read: 4096 rows with the longest addresses and keys are half of it.
  static let longest = 1 << 21

  /// Reads the rows of a file in the form of Wireshark's `esp_sa`.
  public static func rows(path: String) throws(SecurityAssociationFileFailure) -> [SecurityAssociationRow] {
    let descriptor = unsafe open(path, O_RDONLY)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    let room = SecretBytes.zeros(longest)
    var end = 0
    while end < longest {
      let start = end
      let count = unsafe room.withMutableBytes { bytes in
        unsafe read(descriptor, bytes.baseAddress.map { unsafe $0 + start }, longest - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure() }
      guard count > 0 else { break }
      end += count
    }
    guard end < longest else { throw SecurityAssociationFileFailure(reason: .tooLong, line: 0) }
    return try unsafe room.withBytes { (bytes) throws(SecurityAssociationFileFailure) in
      let file = unsafe RawSpan(_unsafeBytes: bytes)
      return try SecurityAssociationRow.rows(in: file.extracting(0..<end))
    }
  }

  private static func failure() -> SecurityAssociationFileFailure {
    let words = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unreadable"
    return SecurityAssociationFileFailure(reason: .unreadable(words), line: 0)
  }
}
