import ByteReading
import CaptureFacts
import StreamReassembly

/// The bytes of one direction of a stream that wait for the rest of their message.
struct WaitingBytes {
  /// How many frames are told apart in one message; the bytes of further ones count for the last. A message has a few,
  /// but where each byte comes in a segment of its own the names of the frames would outweigh the message.
  static let frameLimit = 256

  /// How much storage is kept for what will wait next: that of a long message.
  static let spareCapacity = 1 << 16

  let stream: StreamIdentifier
  private(set) var bytes: [UInt8] = []
  /// The sequence number of the first of them.
  private(set) var firstNumber: UInt32
  /// What was seen of them once more.
  private(set) var repetitions: [RepeatedData] = []
  /// How far the framing has looked.
  var scanned = 0
  /// How many bytes must be there before another look is worth while.
  var needed = 0
  /// How long their message is, where its headers have told; 0 while they have not.
  var promised = 0
  /// How many bytes were looked through without a sign of a protocol.
  var searched = 0
  /// Where the last bytes were seen.
  var placement: MessagePlacement
  /// Where each frame's bytes end.
  private var frames: [(end: Int, frame: FrameReference)] = []

  /// Nothing waits yet. `storage` is an array whose room is used for what will.
  init(_ stream: StreamIdentifier, _ placement: MessagePlacement, storage: consuming [UInt8]) {
    self.stream = stream
    bytes = storage
    bytes.removeAll(keepingCapacity: true)
    self.placement = placement
    firstNumber = placement.transmissionMark
  }

  /// What it takes up in memory.
  var cost: Int {
    MemoryLayout<WaitingBytes>.stride + bytes.count
      + frames.count * MemoryLayout<(end: Int, frame: FrameReference)>.stride
      + repetitions.count * MemoryLayout<RepeatedData>.stride
  }

  /// Whether nothing is kept that a later look needs.
  var isEmpty: Bool { bytes.isEmpty && searched == 0 }

  /// Keeps the bytes from `start` on.
  mutating func append(_ more: RawSpan, from start: Int = 0, frame: FrameReference) {
    if bytes.isEmpty { firstNumber &+= UInt32(truncatingIfNeeded: start) }
    guard start < more.byteCount else { return }
    bytes.append(more, in: start..<more.byteCount)
    if frames.count < WaitingBytes.frameLimit, frames.last?.frame != frame {
      frames.append((bytes.count, frame))
    } else {
      frames[frames.count - 1].end = bytes.count
    }
  }

  /// Notes that some of them were seen once more.
  mutating func note(_ repeated: RepeatedData) {
    guard repetitions.count < WaitingBytes.frameLimit, repeated.overlaps(firstNumber, count: bytes.count) else {
      return
    }
    repetitions.append(repeated)
  }

  /// Takes out what was seen once more of a message.
  mutating func takeRepetitions(from start: UInt32, count: Int) -> [RepeatedData] {
    guard !repetitions.isEmpty else { return [] }
    let taken = repetitions.filter { $0.overlaps(start, count: count) }
    repetitions.removeAll { !$0.overlaps(start &+ UInt32(truncatingIfNeeded: count), count: Int(Int32.max)) }
    return taken
  }

  /// The frames that carried some of the bytes in `range`, other than `frame`.
  func frames(in range: Range<Int>, besides frame: FrameReference) -> [FrameReference] {
    guard !frames.isEmpty else { return [] }
    var found: [FrameReference] = []
    var start = 0
    for entry in frames where start < range.upperBound {
      if entry.end > range.lowerBound, entry.frame != frame, found.last != entry.frame { found.append(entry.frame) }
      start = entry.end
    }
    return found
  }

  /// The sequence number of the byte at `offset`.
  func number(at offset: Int) -> UInt32 { firstNumber &+ UInt32(truncatingIfNeeded: offset) }

  /// Where the message in `range` was seen.
  func placement(of range: Range<Int>) -> MessagePlacement {
    var placement = placement
    placement.otherFrames += frames(in: range, besides: placement.frame)
      .filter { !placement.otherFrames.contains($0) }
    placement.transmissionMark = number(at: range.lowerBound)
    return placement
  }

  /// Takes the bytes out, to look at them.
  mutating func takeBytes() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    return taken
  }

  /// Puts back what was not used of the bytes.
  mutating func restore(_ taken: consuming [UInt8], droppingFirst used: Int) {
    guard used > 0 else {
      bytes = taken
      return
    }
    if used == taken.count, taken.capacity <= WaitingBytes.spareCapacity {
      taken.removeAll(keepingCapacity: true)
      bytes = taken
    } else {
      bytes = Array(taken[used...])
    }
    firstNumber &+= UInt32(truncatingIfNeeded: used)
    frames = frames.compactMap { $0.end > used ? ($0.end - used, $0.frame) : nil }
  }
}
