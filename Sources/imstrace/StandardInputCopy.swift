import CaptureInput
import Glibc

/// Standard input that can be read twice: a pipe is copied into a temporary file without a name, which takes its place.
enum StandardInputCopy {
  /// Makes standard input a file that `rewind` brings back to its start.
  static func keep() throws(CaptureInputFailure) {
    guard lseek(STDIN_FILENO, 0, SEEK_CUR) < 0 else { return }
    let folder = unsafe getenv("TMPDIR").flatMap { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/imstrace.XXXXXX").utf8CString)
    let file = unsafe mkstemp(&template)
    guard file >= 0 else { throw failure("cannot be kept for a second reading in \(folder)") }
    defer { close(file) }
    _ = unsafe unlink(template)
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count < 0 {
        // Ctrl-C ends the input, not what is made of it.
        if errno == EINTR, !Interruption.isAsked { continue }
        break
      }
      try write(block, count, to: file)
    }
    guard lseek(file, 0, SEEK_SET) == 0, dup2(file, STDIN_FILENO) >= 0 else {
      throw failure("cannot be read a second time")
    }
  }

  /// Goes back to the start.
  static func rewind() {
    _ = lseek(STDIN_FILENO, 0, SEEK_SET)
  }

  private static func write(_ block: [UInt8], _ count: Int, to file: Int32) throws(CaptureInputFailure) {
    var written = 0
    while written < count {
      let step = unsafe block.withUnsafeBytes { bytes in
        unsafe Glibc.write(file, bytes.baseAddress.map { unsafe $0 + written }, count - written)
      }
      if step < 0 {
        if errno == EINTR { continue }
        throw failure("cannot be kept for a second reading: the temporary file cannot be written")
      }
      written += step
    }
  }

  private static func failure(_ message: String) -> CaptureInputFailure {
    CaptureInputFailure(input: "standard input", message: message)
  }
}
