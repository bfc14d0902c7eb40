import ByteReading
import CaptureFacts
import Glibc

extension CaptureFile {
  /// Why a file is not opened.
  enum OpeningFailure: Error {
    /// It is not a capture file: what it is, and what to do.
    case notCapture(String)
    /// It is one, or may be one, but cannot be read: why, and what to do.
    case unreadable(String)
  }

  /// Opens the file at `path`, `-` for standard input, and validates its first header.
  static func open(
    path: String, name: String, bufferCapacity: Int, memory: InputMemory, isInterrupted: CaptureInterruption?
  ) throws(OpeningFailure) -> CaptureFile {
    var descriptor = STDIN_FILENO
    if path != "-" {
      descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
      if descriptor < 0 { throw .unreadable(adviceOnOpening(errno)) }
    }
    let input = ByteInput(descriptor: descriptor, memory: memory, isInterrupted: isInterrupted)
    return try open(SlidingBuffer(input, capacity: bufferCapacity), name: name)
  }

  /// Reads the first header.
  static func open(_ window: consuming SlidingBuffer, name: String) throws(OpeningFailure) -> CaptureFile {
    var buffer = window
    var isComplete = buffer.ensure(4)
    var isCompressed = false
    if isComplete, let compression = Compression(magicOf: buffer.bytes) {
      buffer.unpack(compression)
      isCompressed = true
      isComplete = buffer.ensure(4)
    }
    guard isComplete else { throw tooShort(buffer, isCompressed: isCompressed) }
    if let (records, isBigEndian) = recordLayout(magic: buffer.bytes) {
      let format = CaptureFileFormat(family: .pcap, isBigEndian: isBigEndian, isCompressed: isCompressed)
      var file = CaptureFile(
        name: name, buffer: buffer, layout: .records(records), format: format, isBigEndian: isBigEndian,
        summary: CaptureFileSummary(name: name, format: format))
      try file.openRecords(records)
      return file
    }
    guard buffer.bytes.littleEndianUInt32(at: 0) == 0x0a0d_0d0a else {
      _ = buffer.ensure(16)
      throw .notCapture(adviceOnContent(buffer.bytes))
    }
    guard buffer.ensure(12) else { throw tooShort(buffer, isCompressed: isCompressed) }
    let isBigEndian = buffer.bytes.littleEndianUInt32(at: 8) == 0x4d3c_2b1a
    let format = CaptureFileFormat(family: .pcapng, isBigEndian: isBigEndian, isCompressed: isCompressed)
    var file = CaptureFile(
      name: name, buffer: buffer, layout: .blocks, format: format, isBigEndian: isBigEndian,
      summary: CaptureFileSummary(name: name, format: format))
    guard file.beginSection() else {
      throw .unreadable((file.damage ?? "interrupted") + "; nothing of it can be read: fetch the file again")
    }
    return file
  }

  /// The file header of a classic pcap file.
  private mutating func openRecords(_ magicLayout: RecordLayout) throws(OpeningFailure) {
    var record = magicLayout
    guard buffer.ensure(CaptureFile.fileHeaderLength) else {
      throw CaptureFile.tooShort(buffer, isCompressed: format.isCompressed)
    }
    let major = number16(at: 4)
    let minor = number16(at: 6)
    // 543.0 is what DG/UX wrote, with the lengths the other way round.
    guard major == 2 || (major == 543 && minor == 0) else {
      throw .unreadable("pcap version \(major).\(minor) is not known; only version 2 is in use: write the file anew")
    }
    if major == 543 || minor < 3 {
      record.lengthOrder = .originalFirst
    } else if minor == 3 {
      record.lengthOrder = .smallerIsCaptured
    }
    layout = .records(record)
    // The upper bits say whether frames end in a check sequence, and how long it is.
    let linkType = LinkType(rawValue: number32(at: 20) & 0x03ff_ffff)
    interfaces.append(CaptureInterface(linkType: linkType, snapLength: number32(at: 16)))
    clocks.append(InterfaceClock(linkType: linkType))
    head.linkType = linkType
    lastTime = .min
    buffer.drop(CaptureFile.fileHeaderLength)
  }

  private static func tooShort(_ buffer: borrowing SlidingBuffer, isCompressed: Bool) -> OpeningFailure {
    if case .refused(let number) = buffer.input.trouble { return .unreadable(adviceOnOpening(number)) }
    if case .memoryExhausted = buffer.input.trouble { return .unreadable(adviceOnMemory) }
    if isCompressed {
      return .unreadable("its compressed data are damaged or cut before the first header; fetch the file again")
    }
    if buffer.available == 0 {
      return .notCapture("the file is empty; was the capture stopped before it was written?")
    }
    return .notCapture("not a capture file: only \(buffer.available) bytes long; fetch the file again")
  }

  /// What to do where the inputs need more memory than they have together.
  static let adviceOnMemory =
    "more memory is needed than all inputs have together (\(InputMemory.bound >> 20) MiB); unpack it first or give fewer"

  private static func adviceOnOpening(_ number: Int32) -> String {
    switch number {
    case ENOENT: "no such file; check the path"
    case EACCES, EPERM: "permission denied; make it readable for this user"
    case EISDIR: "is a directory; give the files in it"
    case EMFILE, ENFILE: "too many files open at once; raise the limit (ulimit -n) or give fewer inputs"
    default: "cannot be read: \(systemMessage(number))"
    }
  }

  /// What a file is that is no capture, as far as its first bytes tell, and what to do with it.
  private static func adviceOnContent(_ bytes: borrowing RawSpan) -> String {
    for (magic, advice) in CaptureFile.foreignContent where bytes.hasBytes(magic) {
      return advice
    }
    let count = min(bytes.byteCount, 16)
    let isText = (0..<count).allSatisfy { index in
      let byte = bytes.byte(at: index)
      return byte >= 0x20 ? byte != 0x7f : byte >= 0x09 && byte <= 0x0d
    }
    return isText
      ? "a text file, not a capture; give a pcap or pcapng file, plain or compressed by gzip or zstd"
      : "not a capture file; give pcap or pcapng, plain or compressed by gzip or zstd"
  }

  private static let foreignContent: [(magic: StaticString, advice: String)] = [
    ("PK\u{3}\u{4}", "a zip archive; unpack it and give the files in it"),
    ("BZh", "compressed by bzip2; unpack it first (bunzip2)"),
    ("snoop\0\0\0", "a snoop capture; convert it first (editcap FILE FILE.pcapng)"),
  ]
}
