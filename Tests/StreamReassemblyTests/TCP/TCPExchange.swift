import CaptureFacts
import PacketLayers
import StreamReassembly

/// Feeds segments between two fixed ends to a reassembler, one frame a millisecond unless told otherwise.
struct TCPExchange: ~Copyable {
  static let client = Endpoint(address: IPAddress(v4: 0x0a00_0001), port: 40000)
  static let server = Endpoint(address: IPAddress(v4: 0x0a00_0002), port: 5060)

  var reassembler: TCPReassembler
  var consumer = RecordingConsumer()
  var frame: UInt64 = 0
  var time = Timestamp(nanoseconds: 1_000_000_000_000)

  init(limits: TCPLimits = .default) {
    reassembler = TCPReassembler(limits: limits)
  }

  /// One segment of the client, or of the server.
  mutating func segment(
    from server: Bool = false, _ sequence: UInt32, ack: UInt32? = nil, _ flags: TCPSegmentHeader.Flags = [],
    _ data: [UInt8] = [], promised: Int? = nil
  ) {
    frame += 1
    time = time.advanced(byNanoseconds: 1_000_000)
    var flags = flags
    if ack != nil { flags.insert(.ack) }
    let header = TCPSegmentHeader(
      sequenceNumber: sequence, acknowledgmentNumber: ack ?? 0, flags: flags, window: 65535)
    let packet = DecodedPacket(
      path: LayerPath(), source: server ? TCPExchange.server : TCPExchange.client,
      destination: server ? TCPExchange.client : TCPExchange.server, content: .segment(header),
      payload: 0..<data.count, promisedPayloadLength: promised ?? data.count)
    reassembler.receive(
      packet, header: header, payload: data.span.bytes, time: time, frame: FrameReference(number: frame),
      point: .first, into: &consumer)
  }

  mutating func segment(
    from server: Bool = false, _ sequence: UInt32, ack: UInt32? = nil, _ flags: TCPSegmentHeader.Flags = [],
    text: String
  ) {
    segment(from: server, sequence, ack: ack, flags, Array(text.utf8))
  }

  /// Lets packet time pass.
  mutating func wait(seconds: Int64) {
    time = time.advanced(byNanoseconds: seconds * 1_000_000_000)
    reassembler.advance(to: time, into: &consumer)
  }

  mutating func finish() {
    reassembler.finish(into: &consumer)
  }

  /// SYN, SYN ACK, ACK; the client sends from `client + 1` on, the server from `server + 1`.
  mutating func handshake(client: UInt32 = 1000, server: UInt32 = 5000) {
    segment(client, .syn)
    segment(from: true, server, ack: client &+ 1, .syn)
    segment(client &+ 1, ack: server &+ 1)
  }
}
