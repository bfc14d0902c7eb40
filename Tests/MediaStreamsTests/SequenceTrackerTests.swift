import SharedCaptures
import Testing

@testable import MediaStreams

/// Sequence numbers (RFC 3550 appendix A.1 and A.3), and bursts (RFC 3611 section 4.7.2).
@Suite struct SequenceTrackerTests {
  private func tracker(_ numbers: [UInt16]) -> SequenceTracker {
    var tracker = SequenceTracker(first: numbers[0])
    for number in numbers.dropFirst() { _ = tracker.take(number) }
    tracker.settle()
    return tracker
  }

  @Test("nothing is lost over the wrap of the number") func wrap() {
    let tracker = tracker([65533, 65534, 65535, 0, 1, 2])
    #expect(tracker.expected == 6)
    #expect(tracker.received == 6)
    #expect(tracker.lost == 0)
    #expect(tracker.losses.lost == 0)
  }

  @Test("what is missing is lost, what comes late or twice is not") func kinds() {
    let tracker = tracker([10, 11, 13, 12, 13, 16, 17])
    #expect(tracker.expected == 8)
    #expect(tracker.lost == 2)
    #expect(tracker.reordered == 1)
    #expect(tracker.duplicates == 1)
    #expect(tracker.losses.lost == 2)
    #expect(tracker.losses.longestRun == 2)
    #expect(tracker.losses.runs == 1)
  }

  @Test("a packet from before the first one seen is expected, too") func beforeFirst() {
    let tracker = tracker([100, 99, 101])
    #expect(tracker.expected == 3)
    #expect(tracker.received == 3)
    #expect(tracker.lost == 0)
    #expect(tracker.losses.lost == 0)
  }

  @Test("a source that counts anew is believed at its second packet") func restart() {
    let tracker = tracker([10, 11, 12, 40000, 40001, 40002])
    #expect(tracker.restarts == 1)
    #expect(tracker.expected == 6)
    #expect(tracker.received == 6)
    #expect(tracker.lost == 0)
    #expect(tracker.strays == 0)
  }

  @Test("a stray number changes nothing") func stray() {
    let tracker = tracker([10, 11, 40000, 12, 13])
    #expect(tracker.restarts == 0)
    #expect(tracker.strays == 1)
    #expect(tracker.expected == 4)
    #expect(tracker.lost == 0)
  }

  @Test("losses within 16 packets of each other are a burst, others are gaps") func bursts() {
    // Lost: 20, and far from it 60, 62, 65.
    let lost: Set<UInt16> = [20, 60, 62, 65]
    let tracker = tracker((1...100).filter { !lost.contains($0) })
    #expect(tracker.lost == 4)
    #expect(tracker.losses.bursts == 1)
    #expect(tracker.losses.lostInBursts == 3)
    #expect(tracker.losses.packetsInBursts == 6)
    #expect(tracker.losses.longestRun == 1)
    #expect(tracker.losses.runs == 4)
  }

  @Test("what the tracker and its bursts count goes together, whatever the order", arguments: 1...50)
  func properties(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var numbers: [UInt16] = (0..<400).map { UInt16(truncatingIfNeeded: 65400 + $0) }
    let lost = Int.random(in: 0..<60, using: &random)
    for _ in 0..<lost { numbers.remove(at: Int.random(in: 1..<numbers.count - 1, using: &random)) }
    for _ in 0..<20 {
      let place = Int.random(in: 1..<numbers.count - 10, using: &random)
      numbers.swapAt(place, place + Int.random(in: 1..<8, using: &random))
    }
    let tracker = tracker(numbers)
    #expect(tracker.expected == 400)
    #expect(tracker.lost == UInt64(lost))
    #expect(tracker.losses.lost == UInt32(lost))
    #expect(tracker.duplicates == 0)
  }
}
