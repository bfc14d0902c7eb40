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
}
