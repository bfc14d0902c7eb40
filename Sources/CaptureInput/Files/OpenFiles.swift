import Glibc

/// The open files of a capture, in the order in which they were named. They stay where they are: frames point into
/// their windows.
@safe
struct OpenFiles: ~Copyable {
  /// How much memory all windows together take at the start, where there are many files.
  private static let memoryForWindows = 16 * 1024 * 1024

  /// The smallest window at the start: larger blocks make it grow.
  private static let smallestWindow = 16 * 1024

  private let room: UnsafeMutableBufferPointer<CaptureFile>

  /// How many files are open.
  private(set) var count = 0

  private init(capacity: Int) {
    unsafe room = .allocate(capacity: capacity)
  }

  deinit {
    for index in 0..<count { unsafe room.deinitializeElement(at: index) }
    unsafe room.deallocate()
  }

  /// The file at an index below `count`, read and changed where it lies.
  subscript(index: Int) -> CaptureFile {
    @inline(__always) unsafeAddress { unsafe UnsafePointer(address(of: index)) }
    @inline(__always) unsafeMutableAddress { unsafe address(of: index) }
  }

  /// Where the file at an index below `count` lies, for as long as the files are open.
  @inline(__always)
  func address(of index: Int) -> UnsafeMutablePointer<CaptureFile> {
    precondition(index >= 0 && index < count)
    return unsafe room.baseAddress.unsafelyUnwrapped + index
  }

  /// Opens all that `inputs` stand for. Throws one sentence for the first that cannot be read.
  static func open(
    _ inputs: [String], memory: InputMemory = InputMemory(), isInterrupted: CaptureInterruption?
  ) throws(CaptureInputFailure) -> OpenFiles {
    let entries = try InputList(inputs).entries
    allowDescriptors(entries.count)
    let share = memoryForWindows / max(entries.count, 1)
    let capacity = min(SlidingBuffer.usualCapacity, max(smallestWindow, share))
    var files = OpenFiles(capacity: entries.count)
    var found: Set<String> = []
    for entry in entries {
      do throws(CaptureFile.OpeningFailure) {
        let file = try CaptureFile.open(
          path: entry.path, name: entry.name, bufferCapacity: capacity, memory: memory,
          isInterrupted: isInterrupted)
        unsafe files.room.initializeElement(at: files.count, to: file)
        files.count += 1
        found.insert(entry.directory ?? entry.name)
      } catch {
        switch error {
        case .notCapture where entry.directory != nil: continue
        case .notCapture(let message), .unreadable(let message):
          throw CaptureInputFailure(input: entry.name, message: message)
        }
      }
    }
    if let empty = inputs.first(where: { !found.contains($0) }) {
      throw CaptureInputFailure(
        input: empty, message: "the directory holds no capture file; give one that holds pcap or pcapng files")
    }
    return files
  }

  /// Raises the limit of open files as far as the system allows a program to raise it itself.
  private static func allowDescriptors(_ count: Int) {
    // For what the program has open beside: standard streams, outputs.
    let spare = 64
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < rlim_t(count + spare)
    else { return }
    limit.rlim_cur = min(rlim_t(count + spare), limit.rlim_max)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
