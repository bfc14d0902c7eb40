import CaptureFacts
import Testing

@testable import SecurityAssociations

/// The window in which payloads wait for keys is bounded in bytes, payloads and packet time.
@Suite struct HeldPayloadTests {
  private typealias Held = HeldPayloads<Int>

  private static func name(_ spi: UInt32) -> AssociationName {
    AssociationName(spi: spi, destination: IPAddress(v4: 1))
  }

  @Test("Payloads come out in order, each association its own")
  func order() {
    var held = Held(limits: (1000, 10, 1000))
    var givenUp: [Held.GivenUp] = []
    for place in 0..<6 {
      held.hold(
        [UInt8(place)].rawSpan, HeldPayloadTests.name(UInt32(place % 2)), place, .noKeys,
        at: Timestamp(nanoseconds: Int64(place)), givingUp: &givenUp)
    }
    let odd = held.numbers(of: HeldPayloadTests.name(1))
    #expect(odd.compactMap { held.payload($0)?.origin } == [1, 3, 5])
    #expect(odd.compactMap { held.payload($0)?.bytes } == [[1], [3], [5]])
    for number in odd { held.markOpened(number) }
    #expect(held.numbers(of: HeldPayloadTests.name(1)).isEmpty)
    held.finish(givingUp: &givenUp)
    #expect(givenUp.map(\.origin) == [0, 2, 4])
    #expect(givenUp.allSatisfy { $0.reason == .noKeys })
  }

  @Test("What is too old is given up for its reason, what makes room because of the window")
  func reasons() {
    var held = Held(limits: (1000, 3, 100))
    var givenUp: [Held.GivenUp] = []
    for place in 0..<4 {
      held.hold(
        [0].rawSpan, HeldPayloadTests.name(1), place, place == 1 ? .integrityFailed : .noKeys,
        at: Timestamp(nanoseconds: 0), givingUp: &givenUp)
    }
    #expect(givenUp.map(\.reason) == [.windowExceeded])
    held.expire(before: Timestamp(nanoseconds: 101), givingUp: &givenUp)
    #expect(givenUp.map(\.reason) == [.windowExceeded, .integrityFailed, .noKeys, .noKeys])
    #expect(held.count == 0)
  }

  @Test("What is due is so by the oldest, and never where nothing is held")
  func due() {
    var held = Held(limits: (1000, 3, 100))
    var givenUp: [Held.GivenUp] = []
    let never = Timestamp(nanoseconds: .max)
    #expect(held.nextDue == never)
    held.expire(before: never, givingUp: &givenUp)
    for time in [5, 7] as [Int64] {
      held.hold(
        [0].rawSpan, HeldPayloadTests.name(1), 0, .noKeys, at: Timestamp(nanoseconds: time), givingUp: &givenUp)
    }
    #expect(held.nextDue == Timestamp(nanoseconds: 106))
    held.expire(before: Timestamp(nanoseconds: 105), givingUp: &givenUp)
    #expect(held.count == 2 && givenUp.isEmpty)
    held.markOpened(held.numbers(of: HeldPayloadTests.name(1))[0])
    #expect(held.nextDue == Timestamp(nanoseconds: .min))
    held.expire(before: Timestamp(nanoseconds: 8), givingUp: &givenUp)
    #expect(held.count == 1 && held.nextDue == Timestamp(nanoseconds: 108))
    held.expire(before: never, givingUp: &givenUp)
    #expect(givenUp.count == 1 && held.nextDue == never)
    // At the end of what time can be told.
    held.hold([0].rawSpan, HeldPayloadTests.name(1), 0, .noKeys, at: never, givingUp: &givenUp)
    held.expire(before: never, givingUp: &givenUp)
    #expect(held.count == 0)
  }

  @Test("Whatever is held and opened, bytes stay right and within the bound")
  func property() {
    var state: UInt64 = 11
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var held = Held(limits: (500, 20, 300))
    var givenUp: [Held.GivenUp] = []
    var waiting: [Int: [UInt8]] = [:]
    for place in 0..<5000 {
      let payload = Array(repeating: UInt8(truncatingIfNeeded: place), count: next(130))
      waiting[place] = payload
      held.hold(
        payload.rawSpan, HeldPayloadTests.name(UInt32(next(4))), place, .noKeys,
        at: Timestamp(nanoseconds: Int64(place * 10)), givingUp: &givenUp)
      for one in givenUp { waiting[one.origin] = nil }
      givenUp.removeAll()
      if next(3) == 0 {
        for number in held.numbers(of: HeldPayloadTests.name(UInt32(next(4)))) where next(2) == 0 {
          guard let found = held.payload(number) else { continue }
          #expect(waiting[found.origin] == found.bytes)
          waiting[found.origin] = nil
          held.markOpened(number)
        }
      }
      #expect(held.count <= 20)
    }
    held.finish(givingUp: &givenUp)
    #expect(Set(givenUp.map(\.origin)) == Set(waiting.keys))
  }
}
