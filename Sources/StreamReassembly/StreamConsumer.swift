import CaptureFacts

/// Takes what reassembly delivers. The reassemblers call it while they work, so it is passed `inout` beside them.
public protocol StreamConsumer: ~Copyable {
  /// Takes the next bytes of a stream.
  mutating func receive(_ chunk: borrowing StreamChunk)

  /// Takes notice of data that was passed on before.
  mutating func receive(_ repeated: RepeatedData)

  /// Whether the bytes of a stream are still of use. Asked before out-of-order data would be copied; where the answer is
  /// no, data is handed on as it comes and a hole before it is told only by `lostBytesBefore`.
  mutating func wants(_ stream: StreamIdentifier) -> Bool

  /// A stream has ended, was evicted, or began anew in the same slot: nothing follows, and what was kept for both of its
  /// directions is let go.
  mutating func close(slot: UInt32, transport: TransportProtocol)

  /// Takes what the transport showed.
  mutating func note(_ event: TransportEvent)

  /// Takes what could not be seen into.
  mutating func note(_ anomaly: Anomaly)

  /// Takes the record of an SCTP association, just before the association is closed.
  mutating func note(_ health: SCTPAssociationHealth)
}

extension StreamConsumer where Self: ~Copyable {
  /// Every stream is of use unless the consumer says otherwise.
  @inlinable
  public mutating func wants(_ stream: StreamIdentifier) -> Bool { true }

  /// Repetitions are passed over unless the consumer says otherwise.
  @inlinable
  public mutating func receive(_ repeated: RepeatedData) {}

  /// The record is not kept unless the consumer says otherwise.
  @inlinable
  public mutating func note(_ health: SCTPAssociationHealth) {}
}
