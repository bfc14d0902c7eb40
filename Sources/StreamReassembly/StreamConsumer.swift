import CaptureFacts

/// Takes what reassembly delivers. The reassemblers call it while they work, so it is passed `inout` beside them.
public protocol StreamConsumer: ~Copyable {
  /// Takes the next bytes of a stream.
  mutating func receive(_ chunk: borrowing StreamChunk)

  /// A stream has ended, was evicted, or began anew in the same slot: nothing follows, and what was kept for both of its
  /// directions is let go.
  mutating func close(slot: UInt32, transport: TransportProtocol)

  /// Takes what the transport showed.
  mutating func note(_ event: TransportEvent)

  /// Takes what could not be seen into.
  mutating func note(_ anomaly: Anomaly)
}
