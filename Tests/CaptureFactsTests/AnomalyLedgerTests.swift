import CaptureFacts
import Testing

struct AnomalyLedgerTests {
  private func frame(_ number: UInt64) -> FrameReference {
    FrameReference(number: number)
  }

  @Test("A flood of one kind costs no more than its counter and the first frames")
  func flood() {
    var ledger = AnomalyLedger()
    for number: UInt64 in 1...1000 { ledger.record(.espNotOpened, at: .esp, frame: frame(number)) }
    #expect(ledger.count(of: .espNotOpened) == 1000)
    #expect(ledger.lines.count == 1)
    #expect(ledger.lines.first?.entry.frames.map(\.number) == [1, 2, 3, 4, 5])
  }

  @Test("Protocols that are not decoded are told apart, up to a bound")
  func details() {
    var ledger = AnomalyLedger()
    for detail: UInt32 in 1...5000 {
      ledger.record(.protocolNotDecoded, at: .ipv4, frame: frame(UInt64(detail)), detail: detail)
    }
    #expect(ledger.count(of: .protocolNotDecoded) == 5000)
    #expect(ledger.lines.count <= AnomalyLedger.distinctEntries + 1)
    #expect(ledger.lines.contains { $0.key.detail == 1 && $0.entry.count == 1 })
  }

  @Test("What two ledgers counted is added, the frames of the first in front")
  func merging() {
    var first = AnomalyLedger()
    var second = AnomalyLedger()
    first.record(.messageTruncated, at: .sip, frame: frame(7), detail: 10)
    second.record(.messageTruncated, at: .sip, frame: frame(3), detail: 5)
    second.record(.messageTruncated, at: .diameter, frame: frame(4))
    first.merge(second)
    #expect(first.count(of: .messageTruncated) == 3)
    #expect(first.amount(of: .messageTruncated) == 15)
    #expect(first.lines.first { $0.key.layer == .sip }?.entry.frames.map(\.number) == [7, 3])
  }
}
