import Glibc

/// The lines of a file or of standard input, one at a time, in a buffer of the longest that came.
@safe final class LineInput {
  /// The longest line: a message in base64, or the trailer of a capture of many files and points.
  static let longest = 16 << 20

  private static let step = 1 << 16

  /// What comes next.
  enum Next {
    /// A line, its end left out.
    case line(Range<Int>)
    /// What is left without the end of a line: the stream was cut there.
    case rest(Range<Int>)
    /// A line is longer than the bound.
    case tooLong
    /// The system refused to read, with this error number.
    case refused(Int32)
    /// Nothing is left.
    case end
  }

  private let descriptor: Int32
  private(set) var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  /// Opens a file, or takes standard input where `path` is `-`. The error number where that fails.
  init(path: String) throws(SystemRefusal) {
    if path == "-" {
      descriptor = STDIN_FILENO
      return
    }
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemRefusal(code: errno) }
  }

  /// What the system says where a file cannot be opened.
  struct SystemRefusal: Error {
    var code: Int32

    var text: String { unsafe String(cString: strerror(code)) }
  }

  deinit {
    if descriptor > STDERR_FILENO { close(descriptor) }
  }

  /// The next line, as a range of `buffer`, which stays until the line after it.
  func next() -> Next {
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = start..<end
        start = end + 1
        searched = start
        return .line(line)
      }
      searched = buffer.count
      if isAtEnd {
        let rest = start..<buffer.count
        start = buffer.count
        return rest.isEmpty ? .end : .rest(rest)
      }
      if buffer.count - start > LineInput.longest { return .tooLong }
      if let code = fill() { return .refused(code) }
    }
  }

  /// Reads more; the error number where that fails.
  private func fill() -> Int32? {
    if start > 0 {
      buffer.removeSubrange(0..<start)
      searched -= start
      start = 0
    }
    let count = buffer.count
    // Twice as much each time that a line does not fit, so that the search for its end stays linear.
    buffer.append(contentsOf: repeatElement(0, count: max(LineInput.step, count)))
    let added = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe read(descriptor, bytes.baseAddress.map { unsafe $0 + count }, bytes.count - count)
    }
    let code = errno
    buffer.removeSubrange(count + max(0, added)..<buffer.count)
    if added == 0 { isAtEnd = true }
    return added < 0 && code != EINTR ? code : nil
  }
}
