import Glibc

/// Rendered records that wait for the end of the report, so that memory does not grow with the length of the capture:
/// in memory as long as they are few, then in a temporary file that has no name.
///
/// A class, because the report that owns it is a value that may be copied while the file is one.
final class RecordSpool {
  /// How many bytes are kept in memory before they go to the file; a small capture never touches the disk.
  static let bufferSize = 1 << 18

  private(set) var isEmpty = true
  private(set) var failure: ReportOutputFailure?
  private var buffer: [UInt8] = []
  private var descriptor: Int32 = -1

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Adds a record.
  func append(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    isEmpty = false
    buffer.append(contentsOf: bytes)
    if buffer.count >= RecordSpool.bufferSize { spill() }
  }

  /// Calls `body` with all that was added, in order, in blocks cut anywhere.
  func forEachBlock(_ body: ([UInt8]) -> Void) {
    if descriptor >= 0 {
      guard lseek(descriptor, 0, SEEK_SET) == 0 else { return fail() }
      var block = [UInt8](repeating: 0, count: RecordSpool.bufferSize)
      while true {
        let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 {
          if errno == EINTR { continue }
          return fail()
        }
        if count == 0 { break }
        body(count == block.count ? block : Array(block[..<count]))
      }
    }
    body(buffer)
  }

  private func spill() {
    if descriptor < 0 {
      var template = Array((RecordSpool.directory + "/imstrace.XXXXXX").utf8CString)
      descriptor = unsafe mkstemp(&template)
      guard descriptor >= 0 else { return fail() }
      _ = unsafe unlink(template)
    }
    if let code = writeAll(buffer, to: descriptor) {
      failure = .cannotKeepRecords(directory: RecordSpool.directory, code: code)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func fail() {
    failure = .cannotKeepRecords(directory: RecordSpool.directory, code: errno)
  }

  private static let directory: String = {
    guard let path = unsafe getenv("TMPDIR"), unsafe path.pointee != 0 else { return "/tmp" }
    return unsafe String(cString: path)
  }()
}
