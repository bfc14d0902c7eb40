import CaptureFacts

/// Composes a capture file in memory; the times are those given, so the same packets make the same bytes.
public struct CaptureFileWriter {
  private let format: CaptureFileFormat
  /// The file as written so far.
  public private(set) var bytes: [UInt8] = []

  /// Begins a file whose frames all have the link type `linkType`.
  public init(format: CaptureFileFormat, linkType: LinkType) {
    self.format = format
    switch format {
    case .pcap, .nanosecondPcap:
      bytes.append(littleEndian: format == .pcap ? UInt32(0xa1b2_c3d4) : 0xa1b2_3c4d)
      bytes.append(littleEndian: UInt16(2))
      bytes.append(littleEndian: UInt16(4))
      bytes.append(littleEndian: UInt64(0))
      bytes.append(littleEndian: UInt32(262_144))
      bytes.append(littleEndian: linkType.rawValue)
    case .pcapng:
      var section: [UInt8] = []
      section.append(littleEndian: UInt32(0x1a2b_3c4d))
      section.append(littleEndian: UInt16(1))
      section.append(littleEndian: UInt16(0))
      section.append(littleEndian: UInt64.max)
      appendBlock(type: 0x0a0d_0d0a, body: section)
      var interface: [UInt8] = []
      interface.append(littleEndian: UInt16(truncatingIfNeeded: linkType.rawValue))
      interface.append(littleEndian: UInt16(0))
      interface.append(littleEndian: UInt32(262_144))
      // Option 9, if_tsresol: powers of ten, nanoseconds.
      interface.append(littleEndian: UInt16(9))
      interface.append(littleEndian: UInt16(1))
      interface += [9, 0, 0, 0]
      interface.append(littleEndian: UInt32(0))
      appendBlock(type: 1, body: interface)
    }
  }

  /// Appends a frame captured in full at `time`.
  public mutating func append(_ frame: [UInt8], at time: Timestamp) {
    let nanoseconds = UInt64(max(0, time.nanoseconds))
    switch format {
    case .pcap, .nanosecondPcap:
      let fraction = nanoseconds % 1_000_000_000
      bytes.append(littleEndian: UInt32(truncatingIfNeeded: nanoseconds / 1_000_000_000))
      bytes.append(littleEndian: UInt32(format == .pcap ? fraction / 1000 : fraction))
      bytes.append(littleEndian: UInt32(frame.count))
      bytes.append(littleEndian: UInt32(frame.count))
      bytes += frame
    case .pcapng:
      var body: [UInt8] = []
      body.append(littleEndian: UInt32(0))
      body.append(littleEndian: UInt32(truncatingIfNeeded: nanoseconds >> 32))
      body.append(littleEndian: UInt32(truncatingIfNeeded: nanoseconds))
      body.append(littleEndian: UInt32(frame.count))
      body.append(littleEndian: UInt32(frame.count))
      body += frame
      while body.count % 4 != 0 { body.append(0) }
      appendBlock(type: 6, body: body)
    }
  }

  /// Takes out what was written so far, so that a large file need not stand in memory as a whole.
  public mutating func takeBytes() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }

  private mutating func appendBlock(type: UInt32, body: [UInt8]) {
    bytes.append(littleEndian: type)
    bytes.append(littleEndian: UInt32(body.count + 12))
    bytes += body
    bytes.append(littleEndian: UInt32(body.count + 12))
  }
}
