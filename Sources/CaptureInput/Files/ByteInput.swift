import Glibc

/// The bytes of a file, pipe or terminal in their order, unpacked where they are compressed by gzip or Zstandard.
@safe
struct ByteInput: ~Copyable {
  /// Bytes of compressed data read at once: enough to keep system calls rare.
  private static let packedCapacity = 128 * 1024

  /// Why no more bytes come, where it is not the plain end.
  enum Trouble {
    /// The system refused to read, with this error number.
    case refused(Int32)
    /// Compressed data end in the middle.
    case packedDataCut
    /// Compressed data contradict their format.
    case packedDataCorrupt
    /// More memory would be needed than the inputs have together.
    case memoryExhausted
  }

  private let descriptor: Int32
  private let isInterrupted: CaptureInterruption?
  private let memory: InputMemory
  /// How much of it is taken: for what is unpacked, and for blocks that are longer than the first window.
  private var memoryTaken = 0
  private var memoryOfDecoder = 0
  private var inflate: InflateDecoder?
  private var zstandard: ZstandardDecoder?
  private var packed: UnsafeMutableRawBufferPointer?
  private var packedStart = 0
  private var packedEnd = 0
  private var decodedSinceMember = false
  private var decoderState = DecodedPart.State.betweenMembers
  private var isAtEnd = false

  /// Why no more bytes come; nil at a plain end.
  private(set) var trouble: Trouble?

  /// Whether reading was ended by the user.
  private(set) var wasInterrupted = false

  /// How many bytes came from the descriptor so far, as they lie there.
  private(set) var taken: UInt64 = 0

  /// How many bytes the descriptor has in all; nil for what is no regular file.
  var size: UInt64? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return UInt64(clamping: status.st_size)
  }

  /// The compression found, for reports.
  var isPacked: Bool { unsafe packed != nil }

  /// Reads from an open descriptor and closes it at the end.
  init(descriptor: Int32, memory: InputMemory, isInterrupted: CaptureInterruption?) {
    self.descriptor = descriptor
    self.memory = memory
    self.isInterrupted = isInterrupted
  }

  deinit {
    memory.giveBack(memoryTaken)
    unsafe packed?.deallocate()
    if descriptor > STDERR_FILENO { close(descriptor) }
  }

  /// From now on unpacks what comes. `first` are the compressed bytes read already.
  mutating func unpack(_ compression: Compression, first: UnsafeRawBufferPointer) {
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(ByteInput.packedCapacity, first.count), alignment: 16)
    unsafe room.copyMemory(from: first)
    unsafe packed = room
    packedEnd = first.count
    switch compression {
    case .gzip: inflate = InflateDecoder()
    case .zstandard: zstandard = ZstandardDecoder()
    }
  }

  /// Takes memory that all inputs have in common; false, with the trouble noted, where so much is not left.
  mutating func takeMemory(_ count: Int) -> Bool {
    guard memory.take(count) else {
      trouble = .memoryExhausted
      isAtEnd = true
      return false
    }
    memoryTaken += count
    return true
  }

  /// Lets go of what was needed to unpack, and gives back the memory that was taken: nothing is read any more.
  mutating func release() {
    isAtEnd = true
    inflate = nil
    zstandard = nil
    memory.giveBack(memoryTaken)
    memoryTaken = 0
    memoryOfDecoder = 0
  }

  /// Puts the next bytes into `room`, as many as are there now, and says how many; 0 at the end.
  mutating func read(into room: UnsafeMutableRawBufferPointer) -> Int {
    guard let packed = unsafe packed else { return unsafe readDescriptor(into: room) }
    while !isAtEnd {
      // A decoder may hold output back although it took all input: it is asked before more is read.
      if packedStart < packedEnd || (decodedSinceMember && decoderState == .inside) {
        let part = unsafe decode(UnsafeRawBufferPointer(rebasing: packed[packedStart..<packedEnd]), into: room)
        packedStart += part.consumed
        if let needed = zstandard?.memory, needed > memoryOfDecoder {
          guard takeMemory(needed - memoryOfDecoder) else { break }
          memoryOfDecoder = needed
        }
        let isGarbageBehindMember = part.state == .corrupt && decoderState == .betweenMembers && decodedSinceMember
        if part.state == .corrupt, !isGarbageBehindMember { trouble = .packedDataCorrupt }
        if part.state == .corrupt { isAtEnd = true }
        if part.produced > 0 || part.state == .betweenMembers { decodedSinceMember = true }
        decoderState = part.state
        if part.produced > 0 { return part.produced }
        if isAtEnd { break }
        if packedStart < packedEnd, part.consumed > 0 { continue }
      }
      packedStart = 0
      packedEnd = unsafe readDescriptor(into: packed)
      if packedEnd == 0 {
        if decoderState == .inside, trouble == nil, !wasInterrupted { trouble = .packedDataCut }
        isAtEnd = true
      }
    }
    return 0
  }

  private mutating func decode(
    _ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) -> DecodedPart {
    if inflate != nil { return unsafe inflate?.decode(bytes, into: room) ?? .nothing }
    return unsafe zstandard?.decode(bytes, into: room) ?? .nothing
  }

  private mutating func readDescriptor(into room: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
      if count >= 0 {
        taken &+= UInt64(truncatingIfNeeded: count)
        return count
      }
      let number = errno
      guard number == EINTR else {
        trouble = .refused(number)
        return 0
      }
      if isInterrupted?() == true {
        wasInterrupted = true
        return 0
      }
    }
  }
}

extension DecodedPart {
  fileprivate static let nothing = DecodedPart(consumed: 0, produced: 0, state: .corrupt)
}
