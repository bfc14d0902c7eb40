import Testing

@testable import CaptureInput

/// pcapng section 4.2: `if_tsresol` and `if_tsoffset`.
struct TimestampResolutionTests {
  @Test(
    "ticks become nanoseconds",
    arguments: [
      (0, 0, 3, 3_000_000_000),
      (3, 0, 7, 7_000_000),
      (6, 0, 1_700_000_000_000_001, 1_700_000_000_000_001_000),
      (9, 0, 1_700_000_000_000_000_001, 1_700_000_000_000_000_001),
      (12, 0, 1999, 1),
      (19, 0, .max, 1_844_674_407),
      (28, 0, .max, 1),
      (29, 0, .max, 0),
      (127, 0, .max, 0),
      (0x80, 0, 2, 2_000_000_000),
      (0x81, 0, 3, 1_500_000_000),
      (0x8a, 0, 512, 500_000_000),
      (0xff, 0, .max, 0),
      (6, -1, 2_000_001, 1_000_001_000),
      (6, 0, .max, .max),
      (6, .max, 1, .max),
      (6, .min, 1, .min),
    ] as [(UInt8, Int64, UInt64, Int64)])
  func nanoseconds(code: UInt8, offset: Int64, ticks: UInt64, nanoseconds: Int64) {
    #expect(TimestampResolution(code: code, offset: offset).nanoseconds(ticks) == nanoseconds)
  }
}
