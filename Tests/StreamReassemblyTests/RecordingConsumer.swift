import ByteReading
import CaptureFacts
import StreamReassembly

/// Keeps all that reassembly tells.
struct RecordingConsumer: StreamConsumer {
  /// One chunk, copied.
  struct Chunk: Equatable {
    var stream: StreamIdentifier
    var flow: Flow
    var time: Timestamp
    var frame: UInt64
    var carrier: UInt64
    var others: [UInt64]
    var lost: Int
    var mark: UInt32
    var payloadProtocol: UInt32?
    var bytes: [UInt8]
  }

  var chunks: [Chunk] = []
  /// All events but `sameHost`.
  var events: [TransportEvent] = []
  var sameHosts: [IPAddress] = []
  var anomalies: [Anomaly] = []
  var closed: [UInt32] = []
  var health: [SCTPAssociationHealth] = []
  var wantsStreams = true

  mutating func receive(_ chunk: borrowing StreamChunk) {
    chunks.append(
      Chunk(
        stream: chunk.stream, flow: chunk.flow, time: chunk.time, frame: chunk.frame.number,
        carrier: chunk.carrier.number, others: chunk.otherCarriers.map(\.number), lost: chunk.lostBytesBefore,
        mark: chunk.transmissionMark, payloadProtocol: chunk.payloadProtocol,
        bytes: chunk.bytes.copied(0..<chunk.bytes.byteCount)))
  }

  mutating func wants(_ stream: StreamIdentifier) -> Bool { wantsStreams }
  mutating func close(slot: UInt32, transport: TransportProtocol) { closed.append(slot) }

  mutating func note(_ event: TransportEvent) {
    if case .sameHost(let other) = event.kind { sameHosts.append(other) } else { events.append(event) }
  }

  mutating func note(_ anomaly: Anomaly) { anomalies.append(anomaly) }
  mutating func note(_ health: SCTPAssociationHealth) { self.health.append(health) }

  /// All bytes of one direction.
  func bytes(_ direction: UInt8, slot: UInt32 = 0) -> [UInt8] {
    chunks.filter { $0.stream == StreamIdentifier(slot: slot, direction: direction) }.flatMap(\.bytes)
  }

  /// The same as text.
  func text(_ direction: UInt8, slot: UInt32 = 0) -> String {
    String(decoding: bytes(direction, slot: slot), as: UTF8.self)
  }

  /// The sum of the details of one kind of anomaly.
  func amount(of kind: AnomalyKind) -> Int {
    anomalies.reduce(0) { $0 + ($1.kind == kind ? Int($1.detail) : 0) }
  }

  func count(of kind: AnomalyKind) -> Int {
    anomalies.count { $0.kind == kind }
  }
}

/// Counts, and keeps nothing: for measuring and for attacks.
struct CountingConsumer: StreamConsumer {
  var bytes = 0
  var chunks = 0
  var events = 0
  var anomalies = 0
  var closed = 0

  mutating func receive(_ chunk: borrowing StreamChunk) {
    bytes += chunk.bytes.byteCount
    chunks += 1
  }

  mutating func close(slot: UInt32, transport: TransportProtocol) { closed += 1 }
  mutating func note(_ event: TransportEvent) { events += 1 }
  mutating func note(_ anomaly: Anomaly) { anomalies += 1 }
}
