import Glibc

/// A file that is written record by record: what reaches the file at any moment are whole records, so that a capture
/// that is ended by force can be read.
@safe
struct RecordOutput: ~Copyable {
  /// How many bytes are collected before they are written: enough to keep system calls rare.
  private static let collected = 64 * 1024

  /// The output as the user named it, `-` for standard output.
  let name: String

  /// How many bytes were taken, written or not.
  private(set) var byteCount: UInt64 = 0

  private let descriptor: Int32
  /// Where the file is until it is complete; nil where it has its name.
  private var temporaryPath: String?
  private let finalPath: String
  private var pending: [UInt8] = []
  /// Where in `pending` records end; together with its bytes bounded by `collected`.
  private var recordEnds: [Int] = []

  /// Creates the file, or empties it.
  init(_ name: String) throws(CaptureWriteFailure) {
    var descriptor = STDOUT_FILENO
    if name != "-" {
      descriptor = unsafe Glibc.open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      if descriptor < 0 {
        throw CaptureWriteFailure(output: name, message: "cannot be written: \(systemMessage(errno))")
      }
    }
    self.name = name
    finalPath = name
    self.descriptor = descriptor
    pending.reserveCapacity(RecordOutput.collected + 4096)
  }

  /// Creates a file that has its name when it is complete.
  init(whole name: String) throws(CaptureWriteFailure) {
    // What a symbolic link names, so that the rename replaces the file and not the link.
    var path = name
    if let resolved = unsafe realpath(name, nil) {
      path = unsafe String(cString: resolved)
      unsafe free(resolved)
    }
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else {
      throw CaptureWriteFailure(output: name, message: "cannot be written: \(systemMessage(errno))")
    }
    // mkstemp makes the file for its owner alone; a capture gets the permissions of any new file.
    let mask = umask(0)
    _ = umask(mask)
    _ = fchmod(descriptor, 0o644 & ~mask)
    self.name = name
    finalPath = path
    temporaryPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.descriptor = descriptor
    pending.reserveCapacity(RecordOutput.collected + 4096)
  }

  /// Whether a file can take its name later: one that is absent, or a regular file.
  static func isReplaceable(_ name: String) -> Bool {
    var status = stat()
    return name != "-" && (unsafe stat(name, &status) != 0 || status.st_mode & S_IFMT == S_IFREG)
  }

  /// Gives the file its name.
  mutating func complete() throws(CaptureWriteFailure) {
    guard let path = temporaryPath else { return }
    guard unsafe rename(path, finalPath) == 0 else {
      throw CaptureWriteFailure(output: name, message: "cannot be written: \(systemMessage(errno))")
    }
    temporaryPath = nil
  }

  deinit {
    if descriptor > STDERR_FILENO { close(descriptor) }
    if let temporaryPath { unsafe unlink(temporaryPath) }
  }

  /// Appends a number, least significant byte first.
  mutating func append(_ number: some FixedWidthInteger) {
    var rest = number
    for _ in 0..<number.bitWidth / 8 {
      pending.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    byteCount &+= UInt64(number.bitWidth / 8)
  }

  /// Appends bytes.
  mutating func append(_ bytes: borrowing RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe pending.append(contentsOf: $0) }
    byteCount &+= UInt64(bytes.byteCount)
  }

  /// Appends text as UTF-8.
  mutating func append(_ text: String) {
    pending.append(contentsOf: text.utf8)
    byteCount &+= UInt64(text.utf8.count)
  }

  /// Appends zeros until the length of what was appended last is a multiple of four.
  mutating func pad(after count: Int) {
    for _ in 0..<(4 - count & 3) & 3 { append(UInt8(0)) }
  }

  /// What was appended so far may be the end of a file.
  mutating func markEnd() {
    recordEnds.append(pending.count)
  }

  /// A record is complete: written when enough is collected.
  mutating func endRecord() throws(CaptureWriteFailure) {
    markEnd()
    if pending.count >= RecordOutput.collected { try flush() }
  }

  /// Writes what is collected.
  mutating func flush() throws(CaptureWriteFailure) {
    var done = 0
    while done < pending.count {
      let count = unsafe pending.withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        let number = errno
        takeBack(done - (recordEnds.last { $0 <= done } ?? 0))
        discard()
        throw CaptureWriteFailure(
          output: name, message: "writing failed: \(systemMessage(number))", isClosedPipe: number == EPIPE)
      }
    }
    discard()
  }

  /// Cuts what stands of a record that could not be written whole off the file, if it is one: of a pipe nothing can be
  /// taken back.
  private func takeBack(_ count: Int) {
    let end = lseek(descriptor, 0, SEEK_CUR)
    var status = stat()
    // Where another process writes to the file too, its end is not ours.
    guard end >= 0, unsafe fstat(descriptor, &status) == 0, status.st_size == end else { return }
    _ = ftruncate(descriptor, end - off_t(count))
  }

  private mutating func discard() {
    pending.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
  }
}
