import CaptureFacts
import PacketLayers
import StreamReassembly

/// Feeds packets between two multi-homed ends to a reassembler, one frame a millisecond unless told otherwise.
struct SCTPExchange: ~Copyable {
  /// Addresses of the client are 10.0.0.1, 10.0.0.2, ...; of the server 10.0.1.1, 10.0.1.2, ...
  static func client(_ number: UInt32 = 1) -> Endpoint {
    Endpoint(address: IPAddress(v4: 0x0a00_0000 + number), port: 40000)
  }

  static func server(_ number: UInt32 = 1) -> Endpoint {
    Endpoint(address: IPAddress(v4: 0x0a00_0100 + number), port: 3868)
  }

  static let clientTag: UInt32 = 0xc11e_0001
  static let serverTag: UInt32 = 0x5e4e_0001

  var reassembler: SCTPReassembler
  var consumer = RecordingConsumer()
  var frame: UInt64 = 0
  var time = Timestamp(nanoseconds: 1_000_000_000_000)

  init(limits: SCTPLimits = .default, verifiesChecksums: Bool = false) {
    reassembler = SCTPReassembler(limits: limits, verifiesChecksums: verifiesChecksums)
  }

  mutating func packet(
    _ source: Endpoint, _ destination: Endpoint, tag: UInt32, _ chunks: [UInt8], checksum: UInt32 = 0,
    promised: Int? = nil
  ) {
    frame += 1
    time = time.advanced(byNanoseconds: 1_000_000)
    let header = SCTPCommonHeader(verificationTag: tag, checksum: checksum)
    let packet = DecodedPacket(
      path: LayerPath(), source: source, destination: destination, content: .sctp(header), payload: 0..<chunks.count,
      promisedPayloadLength: promised ?? chunks.count)
    reassembler.receive(
      packet, header: header, payload: chunks.span.bytes, time: time, frame: FrameReference(number: frame),
      point: .first, into: &consumer)
  }

  mutating func toServer(_ chunks: [UInt8]..., from source: UInt32 = 1, to destination: UInt32 = 1) {
    packet(
      SCTPExchange.client(source), SCTPExchange.server(destination), tag: SCTPExchange.serverTag,
      chunks.flatMap { $0 })
  }

  mutating func toClient(_ chunks: [UInt8]..., from source: UInt32 = 1, to destination: UInt32 = 1) {
    packet(
      SCTPExchange.server(source), SCTPExchange.client(destination), tag: SCTPExchange.clientTag,
      chunks.flatMap { $0 })
  }

  /// INIT, INIT ACK, COOKIE ECHO, COOKIE ACK; both ends announce two addresses, and both begin with TSN 100.
  mutating func handshake(clientTag: UInt32 = clientTag, serverTag: UInt32 = serverTag, first: UInt32 = 100) {
    packet(
      SCTPExchange.client(), SCTPExchange.server(), tag: 0,
      SCTPChunkBytes.initiation(
        tag: clientTag, transmissionNumber: first, addresses: [0x0a00_0001, 0x0a00_0002]))
    packet(
      SCTPExchange.server(), SCTPExchange.client(), tag: clientTag,
      SCTPChunkBytes.initiation(
        acknowledges: true, tag: serverTag, transmissionNumber: first, addresses: [0x0a00_0101, 0x0a00_0102]))
    packet(SCTPExchange.client(), SCTPExchange.server(), tag: serverTag, SCTPChunkBytes.chunk(10, [1, 2, 3, 4]))
    packet(SCTPExchange.server(), SCTPExchange.client(), tag: clientTag, SCTPChunkBytes.chunk(11, []))
  }

  /// Lets packet time pass.
  mutating func wait(seconds: Int64) {
    time = time.advanced(byNanoseconds: seconds * 1_000_000_000)
    reassembler.advance(to: time, into: &consumer)
  }

  mutating func finish() {
    reassembler.finish(into: &consumer)
  }

  var texts: [String] { consumer.chunks.map { String(decoding: $0.bytes, as: UTF8.self) } }
}
