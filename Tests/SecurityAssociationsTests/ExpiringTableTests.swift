import CaptureFacts
import Testing

@testable import SecurityAssociations

@Suite struct ExpiringTableTests {
  @Test("What is too much or too old goes, oldest first")
  func bounds() {
    var table = ExpiringTable<Int, Int>(bound: 3, lifetime: 100)
    for key in 0..<3 { #expect(table.insert(key, key, at: Timestamp(nanoseconds: Int64(key))) == 0) }
    #expect(table.insert(3, 3, at: Timestamp(nanoseconds: 10)) == 1)
    #expect(table[0] == nil)
    #expect(table[1] == 1)
    #expect(table.insert(4, 4, at: Timestamp(nanoseconds: 110)) == 0)
    #expect(table[2] == nil)
    #expect(table[3] == 3)
  }

  @Test("A value put in again counts from then on, and the order stays bounded")
  func replacement() {
    var table = ExpiringTable<Int, Int>(bound: 2, lifetime: 1000)
    for round in 0..<500 {
      _ = table.insert(1, round, at: Timestamp(nanoseconds: Int64(round)))
      _ = table.insert(2, round, at: Timestamp(nanoseconds: Int64(round)))
    }
    #expect(table.count == 2)
    #expect(table[1] == 499)
    #expect(table.take(1) == 499)
    #expect(table[1] == nil)
  }
}
