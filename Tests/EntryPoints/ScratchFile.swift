import ByteReading
import Glibc

/// A file for readers that take a path and writers that write to one, there as long as this value is held. Each run has its
/// own, because runs of several entry points go on at once.
final class ScratchFile {
  /// Where it is.
  let path: String

  /// Makes one that holds `bytes`.
  init(_ bytes: RawSpan) {
    let folder = getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/imstrace-input.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { EntryPoint.fail("\(path) cannot be made") }
    defer { close(descriptor) }
    var offset = 0
    while offset < bytes.byteCount {
      let written = bytes.extracting(offset..<bytes.byteCount).withUnsafeBytes {
        write(descriptor, $0.baseAddress, $0.count)
      }
      guard written > 0 else { EntryPoint.fail("\(path) cannot be written") }
      offset += written
    }
  }

  /// Makes one that is empty.
  convenience init() {
    self.init([UInt8]().span.bytes)
  }

  deinit {
    unlink(path)
  }

  /// What it holds now.
  func bytes() -> [UInt8] { ScratchFile.bytes(of: path) }

  /// What a file holds.
  static func bytes(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { EntryPoint.fail("\(path) cannot be read") }
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
  }
}
