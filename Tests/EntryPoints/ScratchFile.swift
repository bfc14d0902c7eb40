import ByteReading
import Glibc

/// A file in memory, without a name in any folder, for readers that take a path.
final class ScratchFile: @unchecked Sendable {
  private let descriptor: Int32
  /// Where it is found.
  let path: String

  init(_ name: String) {
    var template = Array("/dev/shm/imstrace-\(name).XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { EntryPoint.fail("no file in memory can be made") }
    unlink(template)
    path = "/proc/self/fd/\(descriptor)"
  }

  deinit {
    close(descriptor)
  }

  /// Makes `bytes` all that it holds.
  func hold(_ bytes: RawSpan) {
    ftruncate(descriptor, 0)
    var offset = 0
    while offset < bytes.byteCount {
      let written = bytes.extracting(offset..<bytes.byteCount).withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      guard written > 0 else { EntryPoint.fail("the file in memory cannot be written") }
      offset += written
    }
  }

  /// What it holds.
  func bytes() -> [UInt8] {
    var status = stat()
    fstat(descriptor, &status)
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
    }
  }
}
