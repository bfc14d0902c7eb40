import CaptureFacts
import Glibc

/// Writes frames to a sequence of files, named and changed as dumpcap does with `-b`. Times are those of the packets.
public struct CaptureRing: ~Copyable {
  /// When a file is complete, and how many are kept.
  public struct Limits: Hashable, Sendable {
    /// The size in units of 1000 bytes after which the next file begins.
    public var kilobytes: UInt64?
    /// The time in seconds after which the next file begins.
    public var seconds: UInt64?
    /// How many files are kept: the oldest is removed when there is one more. Nil keeps all.
    public var files: Int?

    /// Sets limits; nil for none.
    public init(kilobytes: UInt64? = nil, seconds: UInt64? = nil, files: Int? = nil) {
      self.kilobytes = kilobytes
      self.seconds = seconds
      self.files = files
    }
  }

  /// Numbers in file names have five digits and then begin anew.
  private static let mostNumbers = 100_000

  private let prefix: String
  private let suffix: String
  private let limits: Limits
  private var writer: CaptureWriter?
  /// How many bytes the file has that is being written.
  private var written: UInt64 = 0
  private var begun = Timestamp(nanoseconds: 0)
  private var number = 0
  /// How many files are complete.
  private var completedFiles = 0
  /// The files kept, oldest first; empty where all are kept.
  private var kept: [String] = []

  /// Writes files named after `path`: `trace.pcapng` becomes `trace_00001_20260131120000.pcapng`, with the local time
  /// of the first frame in it.
  public init(_ path: String, limits: Limits) {
    let nameStart = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let dot = path[nameStart...].lastIndex(of: ".") ?? path.endIndex
    prefix = String(path[..<dot])
    suffix = String(path[dot...])
    self.limits = limits
  }

  /// Appends a frame, of which `interface` is the interface, beginning the next file before it where one is due.
  public mutating func write(
    _ frame: borrowing CapturedFrame, interface: CaptureInterface, comments: [String] = []
  ) throws(CaptureWriteFailure) {
    if writer == nil || isFull(at: frame.time) { try beginFile(at: frame.time) }
    try writer?.write(frame, interface: interface, comments: comments)
    written = writer?.byteCount ?? 0
  }

  /// Brings everything taken so far to the file.
  public mutating func flush() throws(CaptureWriteFailure) {
    try writer?.flush()
  }

  /// Whether so many files are complete, for a frame at `time` would begin the next.
  public func isComplete(files: Int, at time: Timestamp) -> Bool {
    writer != nil && completedFiles + 1 >= files && isFull(at: time)
  }

  private func isFull(at time: Timestamp) -> Bool {
    if let kilobytes = limits.kilobytes, written / 1000 >= kilobytes { return true }
    if let seconds = limits.seconds, time.nanoseconds(since: begun) / 1_000_000_000 >= Int64(clamping: seconds) {
      return true
    }
    return false
  }

  private mutating func beginFile(at time: Timestamp) throws(CaptureWriteFailure) {
    if writer != nil { completedFiles += 1 }
    try writer?.flush()
    number = (number + 1) % CaptureRing.mostNumbers
    let name = "\(prefix)_\(CaptureRing.digits(number, count: 5))_\(CaptureRing.localTime(time))\(suffix)"
    writer = try CaptureWriter(name)
    begun = time
    guard let most = limits.files else { return }
    kept.append(name)
    // A file that is gone already needs no removal.
    if kept.count > max(most, 1) { unsafe unlink(kept.removeFirst()) }
  }

  private static func localTime(_ time: Timestamp) -> String {
    var seconds = time_t(time.nanoseconds / 1_000_000_000)
    var parts = unsafe tm()
    unsafe localtime_r(&seconds, &parts)
    let year = unsafe digits(Int(parts.tm_year) + 1900, count: 4)
    return unsafe [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec]
      .reduce(year) { $0 + digits(Int($1), count: 2) }
  }

  private static func digits(_ number: Int, count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
