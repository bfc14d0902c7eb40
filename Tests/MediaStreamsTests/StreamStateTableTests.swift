import CaptureFacts
import SharedCaptures
import Testing

@testable import MediaStreams

/// The table finds what it holds and nothing else, whatever came and went before.
struct StreamStateTableTests {
  private func state(_ number: UInt32) -> StreamState {
    let key = MediaFlowKey(MediaPackets.caller, MediaPackets.callee, number)
    return StreamState(
      key: key, kind: .rtp, evidence: .description,
      format: PayloadFormat(payloadType: 8, codec: .pcma, clockRate: 8000),
      sequenceNumber: UInt16(truncatingIfNeeded: number), timestamp: 0, MediaPackets.arrival(0))
  }

  @Test("streams are found at their places, through growth and removal", arguments: 1...4 as ClosedRange<UInt64>)
  func model(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var table = StreamStateTable()
    var places: [UInt32: Int] = [:]
    for step in 0..<6000 {
      let number = UInt32.random(in: 0..<800, using: &generator)
      let key = MediaFlowKey(MediaPackets.caller, MediaPackets.callee, number)
      let found = table.find(key)
      if let place = places[number] {
        #expect(found == place)
        if step % 3 != 0 {
          let removed = table.remove(at: place).key
          #expect(removed == key)
          places[number] = nil
        }
      } else {
        #expect(found < 0)
        places[number] = table.insert(state(number))
      }
      let count = table.count
      #expect(count == places.count)
    }
    for (number, place) in places {
      let isThere = table.hasStream(at: place) && table[place].key.synchronizationSource == number
      #expect(isThere)
    }
    var used: [Int] = []
    for place in table.places where table.hasStream(at: place) { used.append(place) }
    #expect(used == places.values.sorted())
  }

  @Test("a stream is changed where it lies, and stays there while others come") func inPlace() {
    var table = StreamStateTable()
    let place = table.insert(state(1))
    table[place].generation = 7
    for number in 2..<1000 as Range<UInt32> { _ = table.insert(state(number)) }
    let found = table.find(MediaFlowKey(MediaPackets.caller, MediaPackets.callee, 1))
    #expect(found == place)
    let generation = table.remove(at: place).generation
    let isThere = table.hasStream(at: place)
    #expect(generation == 7 && !isThere)
  }
}
