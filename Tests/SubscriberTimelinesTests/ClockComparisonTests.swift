import CaptureFacts
import Testing

@testable import SubscriberTimelines

/// What causes and effects at two stations tell of their clocks.
struct ClockComparisonTests {
  private func comparison(_ pairs: [(atFirst: Bool, cause: Int64, effect: Int64)]) -> ClockComparison {
    var comparison = ClockComparison()
    for (number, pair) in pairs.enumerated() {
      comparison.add(
        causeAtFirst: pair.atFirst, from: Timestamp(nanoseconds: pair.cause), to: Timestamp(nanoseconds: pair.effect),
        frames: [FrameReference(number: UInt64(number)), FrameReference(number: UInt64(number + 100))])
    }
    return comparison
  }

  @Test("clocks that agree show every effect after its cause: nothing is claimed")
  func agreement() {
    let comparison = comparison([(true, 100, 150), (false, 200, 230), (true, 300, 301)])
    #expect(comparison.offset == nil)
    #expect(CauseRule.first(of: ClockRules.rules, in: comparison) == nil)
  }

  @Test("an effect before its cause bounds the offset from below, one the other way from above")
  func bounds() throws {
    // The second clock is 40 ms ahead; an answer takes 3 ms one way, a request 5 ms the other.
    let comparison = comparison([(true, 0, 45_000_000), (false, 100_000_000, 63_000_000), (true, 0, 50_000_000)])
    let offset = try #require(comparison.offset)
    #expect(offset.least == 37_000_000 && offset.most == 45_000_000)
    #expect(offset.proof.frames == [FrameReference(number: 1), FrameReference(number: 101)])
    let text = try #require(CauseRule.first(of: ClockRules.rules, in: comparison)).cause.text
    #expect(text.contains("by at least 37.000 ms and at most 45.000 ms"))
  }

  @Test("the other clock may be the one that is ahead")
  func reverse() throws {
    let offset = try #require(comparison([(true, 50_000_000, 20_000_000), (false, 0, 33_000_000)]).offset)
    #expect(offset.least == 30_000_000 && offset.most == 33_000_000)
  }

  @Test("what interfaces of one machine may be apart is no finding")
  func small() {
    #expect(CauseRule.first(of: ClockRules.rules, in: comparison([(true, 1_500_000, 0)])) == nil)
  }
}
