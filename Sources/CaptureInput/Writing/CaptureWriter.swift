import ByteReading
import CaptureFacts

/// Writes frames to a capture file: classic pcap where the name ends in `.pcap`, unless it is written whole, pcapng
/// otherwise; times in nanoseconds. A program that writes to pipes ignores SIGPIPE, to be told by a failure instead.
public struct CaptureWriter: ~Copyable {
  /// The longest comment that an option holds (pcapng section 3.5), in bytes.
  private static let longestComment = 65_535

  private var output: RecordOutput
  private let format: CaptureFileFormat.Family
  /// Classic pcap: the one link type of the file, once the first frame is there.
  private var linkType: LinkType?
  /// pcapng: the index in the file of each capture-wide interface, -1 before its first frame.
  private var interfaceIndices: [Int] = []
  private var interfaceCount = 0

  /// How many frames were taken.
  public private(set) var frameCount: UInt64 = 0

  /// How many bytes the file has, with those not flushed yet.
  public var byteCount: UInt64 { output.byteCount }

  /// Creates the file at `path`, or empties it; `-` is standard output.
  public init(_ path: String) throws(CaptureWriteFailure) {
    output = try RecordOutput(path)
    format = path.hasSuffix(".pcap") ? .pcap : .pcapng
    if format == .pcapng { writeSectionHeader() }
  }

  /// Creates a file of pcapng that appears at `path` when it is complete, in place of one that is there; what is no
  /// regular file, and standard output, is written directly.
  public init(whole path: String) throws(CaptureWriteFailure) {
    output = RecordOutput.isReplaceable(path) ? try RecordOutput(whole: path) : try RecordOutput(path)
    format = .pcapng
    writeSectionHeader()
  }

  /// Writes what is left, and lets a file that is written whole appear.
  public mutating func complete() throws(CaptureWriteFailure) {
    try flush()
    try output.complete()
  }

  /// Appends a frame, of which `interface` is the interface. Comments are kept in pcapng only, each cut to 65,535 bytes.
  public mutating func write(
    _ frame: borrowing CapturedFrame, interface: CaptureInterface, comments: [String] = []
  ) throws(CaptureWriteFailure) {
    switch format {
    case .pcap: try writeRecord(frame, snapLength: interface.snapLength)
    case .pcapng: writePacket(frame, interface: interface, comments: comments)
    }
    frameCount &+= 1
    try output.endRecord()
  }

  /// Brings everything taken so far to the file. To be called when nothing was captured for a moment, and at the end:
  /// what is not flushed is lost.
  public mutating func flush() throws(CaptureWriteFailure) {
    if format == .pcap, linkType == nil { writeFileHeader(LinkType(rawValue: 1), snapLength: 0) }
    try output.flush()
  }

  /// draft-ietf-opsawg-pcap section 4, with the magic of nanoseconds. Not known before the first frame: the link type.
  private mutating func writeFileHeader(_ linkType: LinkType, snapLength: UInt32) {
    self.linkType = linkType
    output.append(UInt32(0xa1b2_3c4d))
    output.append(UInt16(2))
    output.append(UInt16(4))
    output.append(UInt64(0))
    output.append(snapLength == 0 ? UInt32(CaptureFile.largestFrame) : snapLength)
    output.append(linkType.rawValue)
    output.markEnd()
  }

  /// draft-ietf-opsawg-pcap section 5.
  private mutating func writeRecord(
    _ frame: borrowing CapturedFrame, snapLength: UInt32
  ) throws(CaptureWriteFailure) {
    if linkType == nil { writeFileHeader(frame.linkType, snapLength: snapLength) }
    guard linkType == frame.linkType else {
      throw CaptureWriteFailure(
        output: output.name, message: "a pcap file holds one link type; name the output .pcapng to keep several")
    }
    // Times outside the 32 bits of the format wrap, as everywhere.
    let (seconds, fraction) = CaptureWriter.split(frame.time)
    output.append(UInt32(truncatingIfNeeded: seconds))
    output.append(UInt32(truncatingIfNeeded: fraction))
    output.append(UInt32(truncatingIfNeeded: frame.bytes.byteCount))
    output.append(frame.originalLength)
    output.append(frame.bytes)
  }

  /// pcapng section 4.1, of unknown length.
  private mutating func writeSectionHeader() {
    let application = "imstrace"
    let length = UInt32(28 + 4 + application.utf8.count + 4)
    output.append(UInt32(0x0a0d_0d0a))
    output.append(length)
    output.append(UInt32(0x1a2b_3c4d))
    output.append(UInt16(1))
    output.append(UInt16(0))
    output.append(UInt64.max)
    writeOption(4, application)
    output.append(UInt32(0))
    output.append(length)
    output.markEnd()
  }

  /// pcapng section 4.2, with `if_tsresol` nanoseconds; names are cut to what an option holds.
  private mutating func writeInterface(_ interface: CaptureInterface) {
    let texts = [(UInt16(2), interface.name), (3, interface.description)].filter { !$0.1.isEmpty }
      .map { ($0.0, CaptureWriter.cut($0.1)) }
    let length = UInt32(20 + 8 + 4 + texts.reduce(0) { $0 + 4 + CaptureWriter.padded($1.1.utf8.count) })
    output.append(UInt32(1))
    output.append(length)
    output.append(UInt16(truncatingIfNeeded: interface.linkType.rawValue))
    output.append(UInt16(0))
    output.append(interface.snapLength)
    for (code, text) in texts { writeOption(code, text) }
    output.append(UInt16(9))
    output.append(UInt16(1))
    output.append(UInt32(9))
    output.append(UInt32(0))
    output.append(length)
    output.markEnd()
  }

  /// pcapng section 4.3.
  private mutating func writePacket(
    _ frame: borrowing CapturedFrame, interface: CaptureInterface, comments: [String]
  ) {
    let index = index(of: frame.interface, interface)
    let texts = comments.map(CaptureWriter.cut)
    let captured = frame.bytes.byteCount
    let options = texts.isEmpty ? 0 : texts.reduce(4) { $0 + 4 + CaptureWriter.padded($1.utf8.count) }
    let length = UInt32(truncatingIfNeeded: 32 + CaptureWriter.padded(captured) + options)
    let ticks = UInt64(bitPattern: frame.time.nanoseconds)
    output.append(UInt32(6))
    output.append(length)
    output.append(UInt32(truncatingIfNeeded: index))
    output.append(UInt32(truncatingIfNeeded: ticks >> 32))
    output.append(UInt32(truncatingIfNeeded: ticks))
    output.append(UInt32(truncatingIfNeeded: captured))
    output.append(frame.originalLength)
    output.append(frame.bytes)
    output.pad(after: captured)
    for text in texts { writeOption(1, text) }
    if !texts.isEmpty { output.append(UInt32(0)) }
    output.append(length)
  }

  /// The index in the file of an interface; it is described before its first frame.
  private mutating func index(of interface: UInt32, _ description: CaptureInterface) -> Int {
    let number = Int(interface)
    if number >= interfaceIndices.count {
      interfaceIndices.append(contentsOf: repeatElement(-1, count: number + 1 - interfaceIndices.count))
    }
    if interfaceIndices[number] < 0 {
      writeInterface(description)
      interfaceIndices[number] = interfaceCount
      interfaceCount += 1
    }
    return interfaceIndices[number]
  }

  private mutating func writeOption(_ code: UInt16, _ text: String) {
    let count = text.utf8.count
    output.append(code)
    output.append(UInt16(truncatingIfNeeded: count))
    output.append(text)
    output.pad(after: count)
  }

  private static func padded(_ count: Int) -> Int { (count + 3) & ~3 }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > longestComment else { return text }
    // A character that the cut would split is left out.
    return String(text.unicodeScalars.prefix(longestComment / 4))
  }

  /// Whole seconds, rounded down, and the nanoseconds beyond.
  private static func split(_ time: Timestamp) -> (seconds: Int64, nanoseconds: Int64) {
    let (quotient, remainder) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return remainder < 0 ? (quotient - 1, remainder + 1_000_000_000) : (quotient, remainder)
  }
}
