import Glibc

/// Where a report goes: a file descriptor behind one buffer. A class, because the forms of a report are values that may
/// be copied while the destination is one.
///
/// The first error is kept and everything after it discarded, so that writers need no error path on each record.
public final class ReportOutput {
  /// How many bytes are collected before they are written: large enough that system calls do not count, small enough to
  /// stay in the cache.
  static let bufferSize = 1 << 16

  /// Why nothing more can be written; nil while all is well.
  public private(set) var failure: ReportOutputFailure?

  /// Whether each record is written at once, for a reader that follows a live capture.
  public var flushesEachRecord = false

  private let name: String
  private var descriptor: Int32
  private var ownsDescriptor: Bool
  private var temporaryPath: String?
  private let finalPath: String
  private var buffer: [UInt8] = []

  /// Writes to standard output.
  public init() {
    name = "standard output"
    finalPath = ""
    descriptor = STDOUT_FILENO
    ownsDescriptor = false
  }

  /// Writes to the file at `path`. With `whenComplete`, it appears there by rename once all is written, so that nobody
  /// reads half a report; what is not a regular file (a device, a pipe) is written directly either way.
  public init(path: String, whenComplete: Bool) throws(ReportOutputFailure) {
    name = path
    finalPath = ReportOutput.linkTarget(of: path)
    ownsDescriptor = true
    let isReplaceable = ReportOutput.isAbsentOrRegular(finalPath)
    if whenComplete, isReplaceable {
      var template = Array((finalPath + ".XXXXXX").utf8CString)
      descriptor = unsafe mkstemp(&template)
      guard descriptor >= 0 else { throw .cannotWrite(output: path, code: errno) }
      temporaryPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      // mkstemp makes the file for its owner alone; the report gets the permissions of any new file.
      let mask = umask(0)
      _ = umask(mask)
      _ = fchmod(descriptor, 0o666 & ~mask)
    } else {
      descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw .cannotWrite(output: path, code: errno) }
    }
  }

  deinit {
    if ownsDescriptor, descriptor >= 0 { _ = Glibc.close(descriptor) }
    if let temporaryPath { _ = unsafe unlink(temporaryPath) }
  }

  /// Moves `bytes` into the buffer, leaving them empty with their storage.
  func take(_ bytes: inout [UInt8]) {
    write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Adds `bytes`.
  public func write(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    buffer.append(contentsOf: bytes)
    if buffer.count >= ReportOutput.bufferSize { flush() }
  }

  /// Marks the end of a record.
  func endRecord() {
    if flushesEachRecord { flush() }
  }

  /// Writes what was collected.
  func flush() {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard failure == nil else { return }
    var count = 0
    if let code = writeAll(buffer, to: descriptor, count: &count) {
      failure = code == EPIPE ? .closedPipe : .cannotWrite(output: name, code: code)
      takeBack(count)
    }
  }

  /// Cuts the last bytes off the file, if it is one: what was written before them are whole records. Of a pipe nothing
  /// can be taken back.
  private func takeBack(_ count: Int) {
    let end = lseek(descriptor, 0, SEEK_CUR)
    var status = stat()
    // Where another process writes to the file too, its end is not ours.
    guard end >= 0, unsafe fstat(descriptor, &status) == 0, status.st_size == end else { return }
    _ = ftruncate(descriptor, end - off_t(count))
  }

  /// Writes what is left and lets the file appear under its name.
  public func complete() throws(ReportOutputFailure) {
    flush()
    if ownsDescriptor, descriptor >= 0 {
      let closed = Glibc.close(descriptor)
      descriptor = -1
      if closed != 0, failure == nil { failure = .cannotWrite(output: name, code: errno) }
    }
    if let failure { throw failure }
    guard let path = temporaryPath else { return }
    guard unsafe rename(path, finalPath) == 0 else {
      let failure = ReportOutputFailure.cannotWrite(output: name, code: errno)
      self.failure = failure
      throw failure
    }
    temporaryPath = nil
  }

  /// What a symbolic link names, so that the rename replaces the file and not the link.
  private static func linkTarget(of path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  private static func isAbsentOrRegular(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return true }
    return status.st_mode & S_IFMT == S_IFREG
  }
}

/// Writes all of `bytes`; the error code where that fails.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  var count = 0
  return writeAll(bytes, to: descriptor, count: &count)
}

/// The same; `written` becomes how many bytes were.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32, count written: inout Int) -> Int32? {
  unsafe bytes.withUnsafeBytes { (raw: UnsafeRawBufferPointer) -> Int32? in
    guard let base = raw.baseAddress else { return nil }
    while written < raw.count {
      let count = unsafe Glibc.write(descriptor, base + written, raw.count - written)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      written += count
    }
    return nil
  }
}
