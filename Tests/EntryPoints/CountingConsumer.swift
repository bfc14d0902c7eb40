import CaptureFacts
import StreamReassembly

/// Takes what reassembly tells, and holds it to what it promises.
struct CountingConsumer: StreamConsumer {
  private(set) var bytes = 0
  private(set) var anomalies = 0

  mutating func receive(_ chunk: borrowing StreamChunk) {
    bytes &+= chunk.bytes.byteCount
    if chunk.lostBytesBefore < 0 { EntryPoint.fail("fewer than no bytes are lost") }
    // The last byte is there.
    if chunk.bytes.byteCount > 0 {
      bytes &+= Int(chunk.bytes.unsafeLoadUnaligned(fromByteOffset: chunk.bytes.byteCount - 1, as: UInt8.self) & 1)
    }
  }

  mutating func close(slot: UInt32, transport: TransportProtocol) {}
  mutating func note(_ event: TransportEvent) {}
  mutating func note(_ anomaly: Anomaly) { anomalies &+= 1 }
}
