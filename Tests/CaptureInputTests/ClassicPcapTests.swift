import Testing

/// draft-ietf-opsawg-pcap sections 4 and 5.
struct ClassicPcapTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var magic: UInt32
    var major: UInt16 = 2
    var minor: UInt16 = 4
    var extra = 0
    var nanoseconds: Int64
    var swapsLengths = false
  }

  static let variants = [
    Variant(testDescription: "microseconds", magic: 0xa1b2_c3d4, nanoseconds: 1_700_000_000_000_007_000),
    Variant(testDescription: "nanoseconds", magic: 0xa1b2_3c4d, nanoseconds: 1_700_000_000_000_000_007),
    Variant(
      testDescription: "records of 24 bytes", magic: 0xa1b2_cd34, extra: 8, nanoseconds: 1_700_000_000_000_007_000),
    Variant(
      testDescription: "version 2.2: lengths the other way round", magic: 0xa1b2_c3d4, minor: 2,
      nanoseconds: 1_700_000_000_000_007_000, swapsLengths: true),
    Variant(
      testDescription: "version 2.3: the smaller length is the captured one", magic: 0xa1b2_c3d4, minor: 3,
      nanoseconds: 1_700_000_000_000_007_000, swapsLengths: true),
    Variant(
      testDescription: "version 543.0: lengths the other way round", magic: 0xa1b2_c3d4, major: 543, minor: 0,
      nanoseconds: 1_700_000_000_000_007_000, swapsLengths: true),
  ]

  @Test("every variant, in both byte orders, gives the same frame", arguments: variants, [false, true])
  func variant(_ variant: Variant, isBigEndian: Bool) throws {
    var file = CaptureBytes(bigEndian: isBigEndian)
    file.pcapHeader(magic: variant.magic, major: variant.major, minor: variant.minor, linkType: 113)
    let lengths: (UInt32, UInt32) = variant.swapsLengths ? (60, 3) : (3, 60)
    for _ in 0..<2 {
      file.record(
        seconds: 1_700_000_000, fraction: 7, first: lengths.0, second: lengths.1, extra: variant.extra, [1, 2, 3])
    }
    let (frames, warnings) = try TemporaryDirectory().read(file.bytes)
    let expected = ReadFrame(time: variant.nanoseconds, linkType: 113, originalLength: 60, bytes: [1, 2, 3])
    #expect(frames.map(\.content) == [expected, expected])
    #expect(frames.map(\.number) == [1, 2])
    #expect(warnings.isEmpty)
  }

  @Test("the upper bits of the link type tell of the frame check sequence and are no part of it")
  func frameCheckSequenceBits() throws {
    var file = CaptureBytes()
    file.pcapHeader(linkType: 0x5400_0001)
    file.record([1])
    #expect(try TemporaryDirectory().read(file.bytes).frames.map(\.linkType) == [1])
  }

  @Test("a file with a header only has no frames and nothing wrong")
  func headerOnly() throws {
    var file = CaptureBytes()
    file.pcapHeader()
    let (frames, warnings) = try TemporaryDirectory().read(file.bytes)
    #expect(frames.isEmpty && warnings.isEmpty)
  }

  @Test("an original length below the captured one is raised to it")
  func originalLengthTooSmall() throws {
    var file = CaptureBytes()
    file.pcapHeader()
    file.record(second: 1, [1, 2, 3])
    #expect(try TemporaryDirectory().read(file.bytes).frames.map(\.originalLength) == [3])
  }

  @Test("a record of 262,144 bytes is read, one byte more is damage")
  func largestRecord() throws {
    var file = CaptureBytes()
    file.pcapHeader()
    file.record([9])
    file.record([UInt8](repeating: 7, count: 262_144))
    file.record([8])
    let (frames, warnings) = try TemporaryDirectory().read(file.bytes)
    #expect(frames.map(\.bytes.count) == [1, 262_144, 1])
    #expect(warnings.isEmpty)
    file.record([UInt8](repeating: 7, count: 262_145))
    let (kept, damage) = try TemporaryDirectory().read(file.bytes)
    #expect(kept.count == 3)
    #expect(
      damage == [
        """
        damaged at byte 262218: a record of 262145 bytes, where 262144 are the most; the frames before are used
        """
      ])
  }
}
