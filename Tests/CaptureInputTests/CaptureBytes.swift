/// The bytes of a capture file, written number by number as the specifications draw them.
struct CaptureBytes {
  var bytes: [UInt8] = []
  var isBigEndian: Bool

  init(bigEndian: Bool = false) {
    isBigEndian = bigEndian
  }

  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    let ordered = isBigEndian ? number.bigEndian : number.littleEndian
    withUnsafeBytes(of: ordered) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ more: [UInt8], paddedTo multiple: Int = 1) {
    bytes.append(contentsOf: more)
    while bytes.count % multiple != 0 { bytes.append(0) }
  }

  // Classic pcap.

  mutating func pcapHeader(
    magic: UInt32 = 0xa1b2_c3d4, major: UInt16 = 2, minor: UInt16 = 4, linkType: UInt32 = 1
  ) {
    append(magic)
    append(major)
    append(minor)
    append(UInt64(0))
    append(UInt32(65535))
    append(linkType)
  }

  mutating func record(
    seconds: UInt32 = 0, fraction: UInt32 = 0, first: UInt32? = nil, second: UInt32? = nil, extra: Int = 0,
    _ data: [UInt8]
  ) {
    append(seconds)
    append(fraction)
    append(first ?? UInt32(data.count))
    append(second ?? UInt32(data.count))
    append([UInt8](repeating: 0, count: extra))
    append(data)
  }

  // pcapng.

  mutating func block(_ type: UInt32, _ body: (inout CaptureBytes) -> Void) {
    var inner = CaptureBytes(bigEndian: isBigEndian)
    body(&inner)
    inner.append([], paddedTo: 4)
    append(type)
    append(UInt32(inner.bytes.count + 12))
    append(inner.bytes)
    append(UInt32(inner.bytes.count + 12))
  }

  mutating func option(_ code: UInt16, _ value: [UInt8]) {
    append(code)
    append(UInt16(value.count))
    append(value, paddedTo: 4)
  }

  mutating func option(_ code: UInt16, _ number: UInt64) {
    append(code)
    append(UInt16(8))
    append(number)
  }

  mutating func sectionHeader(major: UInt16 = 1) {
    block(0x0a0d_0d0a) { body in
      body.append(UInt32(0x1a2b_3c4d))
      body.append(major)
      body.append(UInt16(0))
      body.append(UInt64.max)
    }
  }

  mutating func interface(
    linkType: UInt16 = 1, snapLength: UInt32 = 0, _ options: (inout CaptureBytes) -> Void = { _ in }
  ) {
    block(1) { body in
      body.append(linkType)
      body.append(UInt16(0))
      body.append(snapLength)
      options(&body)
    }
  }

  mutating func enhancedPacket(
    interface: UInt32 = 0, ticks: UInt64 = 0, original: UInt32? = nil, _ data: [UInt8],
    _ options: (inout CaptureBytes) -> Void = { _ in }
  ) {
    block(6) { body in
      body.append(interface)
      body.append(UInt32(truncatingIfNeeded: ticks >> 32))
      body.append(UInt32(truncatingIfNeeded: ticks))
      body.append(UInt32(data.count))
      body.append(original ?? UInt32(data.count))
      body.append(data, paddedTo: 4)
      options(&body)
    }
  }
}
