import Glibc

/// A window that slides over the bytes of an input: blocks are read where they were put by the system, and only the
/// rest of a block at the end of the window is ever moved.
@safe
struct SlidingBuffer: ~Copyable {
  /// The usual size: large enough to keep system calls rare, small enough to stay in the processor's cache beside what
  /// the packets change.
  static let usualCapacity = 64 * 1024

  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private var start = 0
  private var end = 0

  /// The offset in the (unpacked) input of the first byte of `bytes`.
  private(set) var position: UInt64 = 0

  /// Where the bytes come from.
  private(set) var input: ByteInput

  /// A window over `input`.
  init(_ input: consuming ByteInput, capacity: Int = SlidingBuffer.usualCapacity) {
    self.input = input
    self.capacity = capacity
    unsafe base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit {
    unsafe base.deallocate()
  }

  /// How many bytes are in the window.
  @inline(__always)
  var available: Int { end &- start }

  /// The address of the first byte in the window; valid until bytes are ensured or skipped.
  @inline(__always)
  var address: UnsafeRawPointer { unsafe UnsafeRawPointer(base + start) }

  /// The bytes in the window.
  var bytes: RawSpan {
    @_lifetime(borrow self) @inline(__always)
    get {
      let span = unsafe RawSpan(_unsafeStart: base + start, byteCount: available)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Whether `count` bytes are in the window, after reading as far as needed; false where the input ends before.
  @inline(__always)
  mutating func ensure(_ count: Int) -> Bool {
    available >= count || fill(count)
  }

  /// Lets go of the first `count` bytes of the window.
  @inline(__always)
  mutating func drop(_ count: Int) {
    start &+= count
    position &+= UInt64(truncatingIfNeeded: count)
  }

  /// Passes over `count` bytes without keeping them; false where the input ends before.
  mutating func skip(_ count: Int) -> Bool {
    var rest = count
    while rest > available {
      rest -= available
      drop(available)
      guard fill(1) else { return false }
    }
    drop(rest)
    return true
  }

  /// Takes the bytes in the window, and all that follow them, as compressed.
  mutating func unpack(_ compression: Compression) {
    unsafe input.unpack(compression, first: UnsafeRawBufferPointer(start: address, count: available))
    start = 0
    end = 0
  }

  /// Lets go of the memory: nothing of the input is needed any more.
  mutating func release() {
    input.release()
    unsafe base.deallocate()
    unsafe base = .allocate(byteCount: 0, alignment: 16)
    capacity = 0
    start = 0
    end = 0
  }

  @inline(never)
  private mutating func fill(_ count: Int) -> Bool {
    if start > 0 {
      unsafe memmove(base, base + start, available)
      end -= start
      start = 0
    }
    if count > capacity {
      let larger = max(count, capacity * 2)
      guard input.takeMemory(larger - capacity) else { return false }
      let room = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
      unsafe room.copyMemory(from: base, byteCount: end)
      unsafe base.deallocate()
      unsafe base = room
      capacity = larger
    }
    while end < count {
      let room = unsafe UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
      let added = unsafe input.read(into: room)
      if added == 0 { return false }
      end += added
    }
    return true
  }
}
