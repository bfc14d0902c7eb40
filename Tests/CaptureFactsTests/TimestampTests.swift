import CaptureFacts
import Testing

struct TimestampTests {
  @Test(
    "The interval between two moments has a sign, and saturates at the ends of the range",
    arguments: [
      (10, 4, 6), (4, 10, -6), (.max, -1, .max), (.min, 1, .min), (.min, .min, 0),
    ] as [(Int64, Int64, Int64)])
  func interval(later: Int64, earlier: Int64, expected: Int64) {
    #expect(Timestamp(nanoseconds: later).nanoseconds(since: Timestamp(nanoseconds: earlier)) == expected)
  }

  @Test(
    "A moment that is moved on stays in the range",
    arguments: [(10, 5, 15), (10, -15, -5), (.max, 1, .max), (.min, -1, .min)] as [(Int64, Int64, Int64)])
  func advanced(start: Int64, by interval: Int64, expected: Int64) {
    #expect(Timestamp(nanoseconds: start).advanced(byNanoseconds: interval).nanoseconds == expected)
  }

  @Test(
    "what is written of a time reads as that time, at the ends of the range too",
    arguments: [Int64.min, -1, 0, 1, 1_795_334_363_680_949_000, .max])
  func written(_ nanoseconds: Int64) {
    let time = Timestamp(nanoseconds: nanoseconds)
    var text: [UInt8] = []
    text.appendTime(time)
    #expect(Timestamp(written: String(decoding: text, as: UTF8.self)) == time)
  }

  @Test("beyond the range there is no time", arguments: ["1677-09-21T00:12:43Z", "2262-04-11T23:47:17Z", "1676-01-01"])
  func beyond(_ text: String) {
    #expect(Timestamp(written: text) == nil)
  }
}
