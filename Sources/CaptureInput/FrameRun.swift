import ByteReading
import CaptureFacts

/// Frames of one file that lie behind each other, and of which there is nothing to say but their bytes and their time:
/// they are whole, of one interface, not earlier than those before them and without options, and no filter holds any back.
///
/// They are looked at where they lie, one after the other, and those that were passed are counted together
/// (`MergedCapture.take(_:)`). Whatever is different ends the run, and `MergedCapture.advance()` goes on with it.
public struct FrameRun: ~Escapable {
  /// How frames follow each other; numbers have their least significant byte first.
  @usableFromInline
  enum Layout {
    /// Records of classic pcap with 16 bytes before each frame (draft-ietf-opsawg-pcap section 5), whose fraction of a
    /// second counts so many nanoseconds.
    case records(nanosecondsPerUnit: Int64)
    /// Enhanced Packet Blocks of pcapng (draft-ietf-opsawg-pcapng section 4.3), of the interface with this number in the
    /// section, which counts so many nanoseconds, up to the greatest tick whose time can be told.
    case blocks(interface: UInt32, nanosecondsPerTick: UInt64, greatestTick: UInt64)
  }

  /// The longest frame of a run, in bytes; nothing that is usual is longer.
  @inlinable
  static var longest: UInt32 { 0xffff }

  /// How the frames begin.
  public let linkType: LinkType

  /// What is in the window behind the frames that were passed.
  @usableFromInline var rest: RawSpan
  @usableFromInline let layout: Layout
  /// What the frames stand behind.
  @usableFromInline let before: FrameReference
  @usableFromInline var passed: FramePassage
  @usableFromInline var timeOfFrame: Int64
  @usableFromInline var startOfFrame = 0
  @usableFromInline var lengthOfFrame = 0
  /// The length of its record or block.
  @usableFromInline var length = 0

  /// Begins in `window` at `place`, behind the frame `before`, whose clock showed `time`.
  @_lifetime(copy window)
  init(
    _ window: RawSpan, from place: Int, _ layout: Layout, after before: FrameReference, at time: Int64,
    linkType: LinkType
  ) {
    rest = window.extracting(droppingFirst: place)
    self.layout = layout
    self.before = before
    self.linkType = linkType
    timeOfFrame = time
    passed = FramePassage(length: place, firstTime: time, lastTime: time)
  }

  /// A run of no frames.
  static var empty: FrameRun {
    @_lifetime(immortal) get {
      FrameRun(
        RawSpan(), from: 0, .records(nanosecondsPerUnit: 1), after: FrameReference(number: 0), at: 0,
        linkType: LinkType(rawValue: 0))
    }
  }

  /// Looks at the frame behind those that were passed; false where the run ends.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func look() -> Bool {
    switch layout {
    case .records(let unit): lookAtRecord(unit)
    case .blocks(let interface, let unit, let greatest): lookAtBlock(of: interface, unit, greatest)
    }
  }

  @inlinable @inline(__always) @_lifetime(self: copy self)
  mutating func lookAtRecord(_ nanosecondsPerUnit: Int64) -> Bool {
    guard rest.byteCount >= 16 else { return false }
    let captured = rest.littleEndianUInt32(at: 8)
    guard captured == rest.littleEndianUInt32(at: 12), captured <= FrameRun.longest,
      rest.byteCount &- 16 >= Int(captured)
    else { return false }
    // At most 2^32 seconds and 2^32 units of a microsecond: fits.
    let time =
      Int64(rest.littleEndianUInt32(at: 0)) &* 1_000_000_000
      &+ Int64(rest.littleEndianUInt32(at: 4)) &* nanosecondsPerUnit
    guard time >= passed.lastTime else { return false }
    timeOfFrame = time
    startOfFrame = 16
    lengthOfFrame = Int(captured)
    length = 16 &+ Int(captured)
    return true
  }

  @inlinable @inline(__always) @_lifetime(self: copy self)
  mutating func lookAtBlock(of interface: UInt32, _ nanosecondsPerTick: UInt64, _ greatestTick: UInt64) -> Bool {
    guard rest.byteCount >= 32, rest.littleEndianUInt32(at: 0) == 6, rest.littleEndianUInt32(at: 8) == interface else {
      return false
    }
    let captured = rest.littleEndianUInt32(at: 20)
    guard captured == rest.littleEndianUInt32(at: 24), captured <= FrameRun.longest else { return false }
    // Without options the block is as long as its frame, filled up to four bytes, asks for.
    let whole = 32 &+ (Int(captured) &+ 3) & ~3
    guard rest.byteCount >= whole, Int(rest.littleEndianUInt32(at: 4)) == whole,
      Int(rest.littleEndianUInt32(at: whole &- 4)) == whole
    else { return false }
    let ticks =
      UInt64(rest.littleEndianUInt32(at: 12)) << 32 | UInt64(rest.littleEndianUInt32(at: 16))
    let time = Int64(truncatingIfNeeded: ticks &* nanosecondsPerTick)
    guard ticks <= greatestTick, time >= passed.lastTime else { return false }
    timeOfFrame = time
    startOfFrame = 28
    lengthOfFrame = Int(captured)
    length = whole
    return true
  }

  /// When the frame that is looked at was captured.
  @inlinable
  public var time: Timestamp { Timestamp(nanoseconds: timeOfFrame) }

  /// Its bytes.
  @inlinable
  public var bytes: RawSpan {
    @inline(__always) @_lifetime(copy self) get { rest.extracting(startOfFrame..<startOfFrame &+ lengthOfFrame) }
  }

  /// Its place in the capture.
  @inlinable @inline(__always)
  public var reference: FrameReference {
    FrameReference(
      number: before.number &+ passed.count &+ 1, file: before.file,
      numberInFile: before.numberInFile &+ UInt32(truncatingIfNeeded: passed.count) &+ 1)
  }

  /// Passes the frame that is looked at.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func pass() {
    if passed.count == 0 { passed.firstTime = timeOfFrame }
    passed.count &+= 1
    passed.bytes &+= UInt64(truncatingIfNeeded: lengthOfFrame)
    passed.lastTime = timeOfFrame
    passed.length &+= length
    rest = rest.extracting(length..<rest.byteCount)
  }

  /// What was passed so far.
  @inlinable
  public var passage: FramePassage { passed }
}
