import ByteReading
import CaptureFacts

/// A capture file that is read block by block. It is opened, its header validated, and then moved frame by frame.
@safe
struct CaptureFile: ~Copyable {
  /// The largest frame believed, in bytes: the limit of libpcap and Wireshark. Larger lengths mean damage.
  static let largestFrame = 262_144

  /// How many interfaces one file may describe. Files of many sections repeat theirs; a file of nothing but interface
  /// descriptions must not fill the memory.
  static let mostInterfaces = 65_536

  /// How frames follow each other.
  enum Layout {
    /// Records of classic pcap.
    case records(RecordLayout)
    /// Blocks of pcapng.
    case blocks
  }

  /// The input as the user named it.
  let name: String

  /// The window over its bytes.
  var buffer: SlidingBuffer

  /// How frames follow each other.
  var layout: Layout

  /// The format of the first header.
  let format: CaptureFileFormat

  /// Whether the numbers of the current section have their most significant byte first.
  var isBigEndian: Bool

  /// All interfaces of all sections so far.
  var interfaces: [CaptureInterface] = []

  /// The clocks of `interfaces`.
  var clocks: [InterfaceClock] = []

  /// The index of the first interface of the current section.
  var sectionStart = 0

  /// The frame that the file stands at.
  var head = FrameHead()

  /// The length of the record or block of the frame that the file stands at: let go of by the next `advance()`.
  var recordLength = 0

  /// What was read so far.
  var summary: CaptureFileSummary

  /// The capture-wide index of each interface that has had a frame, of those before it as well.
  var interfaceIndices: [UInt32] = []

  /// The time of the last frame: for frames without a time of their own, and for the next record of classic pcap, which
  /// has one clock.
  var lastTime: Int64 = 0

  /// Records that are no frames but have a frame number in Wireshark, passed over since this was last taken.
  var numberedRecords: UInt64 = 0

  /// Why reading ended before the end of the file: the sentence for the user.
  var damage: String?

  /// Packets that the file says the capturing interface dropped, since this was last taken.
  var droppedByInterface: UInt64 = 0

  /// Packets that the file says the capturing operating system dropped, since this was last taken.
  var droppedBySystem: UInt64 = 0

  /// Names that the file gives to addresses.
  var names: [ResolvedName] = []

  /// What the file holds to open what is encrypted in it, and how many blocks of it there were.
  var secrets: [DecryptionSecrets] = []
  var secretsBlocks = 0

  /// Moves to the next frame; false at the end, also where the file is damaged from here on.
  @inline(__always)
  mutating func advance() -> Bool {
    buffer.drop(recordLength)
    recordLength = 0
    return switch layout {
    case .records(let record): advanceRecord(record)
    case .blocks: advanceBlock()
    }
  }

  /// The 16-bit number at `offset` in the window.
  @inline(__always)
  func number16(at offset: Int) -> UInt16 {
    let number = buffer.bytes.littleEndianUInt16(at: offset)
    return isBigEndian ? number.byteSwapped : number
  }

  /// The 32-bit number at `offset` in the window.
  @inline(__always)
  func number32(at offset: Int) -> UInt32 {
    let number = buffer.bytes.littleEndianUInt32(at: offset)
    return isBigEndian ? number.byteSwapped : number
  }

  /// Notes the time of the frame at `head`, which its interface gave.
  @inline(__always)
  mutating func note(time: Int64, interface: Int) {
    note(time: time, after: clocks[interface].lastTime)
    clocks[interface].lastTime = time
  }

  /// Notes the time of the frame at `head`, where the clock that gave it showed `before` at last.
  @inline(__always)
  mutating func note(time: Int64, after before: Int64) {
    head.stepBack = time < before ? Timestamp(nanoseconds: before).nanoseconds(since: Timestamp(nanoseconds: time)) : 0
    head.time = time
    lastTime = time
  }

  /// Ends the file because of what is at this place. Always false: the answer of `advance()`.
  mutating func end(because reason: String) -> Bool {
    damage = "damaged at byte \(buffer.position): \(reason)"
    return false
  }

  /// Ends the file where its bytes end: silently where no record has begun. Always false.
  mutating func endOfInput(inside part: String) -> Bool {
    if buffer.input.wasInterrupted { return false }
    switch buffer.input.trouble {
    case .refused(let number):
      damage = "reading failed at byte \(buffer.position): \(systemMessage(number))"
    case .packedDataCorrupt:
      damage = "the compressed data are damaged behind byte \(buffer.position) unpacked"
    case .memoryExhausted:
      damage = "behind byte \(buffer.position) " + CaptureFile.adviceOnMemory
    case .packedDataCut:
      damage = "the compressed data end early, at byte \(buffer.position) unpacked"
    case nil where buffer.available > 0:
      damage = "cut short in the middle of \(part) at byte \(buffer.position)"
    case nil: break
    }
    return false
  }
}
