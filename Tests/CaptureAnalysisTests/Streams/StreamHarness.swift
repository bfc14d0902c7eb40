import ByteReading
import CaptureFacts
import PacketLayers
import StreamReassembly

@testable import CaptureAnalysis
@testable import SampleTraffic

/// Sends IP packets through decoding, reassembly and framing, one frame a millisecond.
struct StreamHarness: ~Copyable {
  static let client = Endpoint(address: IPAddress(v4: 0x0a00_0001), port: 40000)
  static let server = Endpoint(address: IPAddress(v4: 0x0a00_0002), port: 5060)

  var streams: SignallingStreams<RecordedMessages>
  var tcp = TCPReassembler()
  var sctp: SCTPReassembler
  let decoder = PacketDecoder()
  var frame: UInt64 = 0
  var time = Timestamp(nanoseconds: 1_000_000_000_000)

  init(waitingBytes: Int = WaitingTable.byteBound, verifiesChecksums: Bool = false) {
    sctp = SCTPReassembler(verifiesChecksums: verifiesChecksums)
    streams = SignallingStreams(handingTo: RecordedMessages(), waitingBytes: waitingBytes)
  }

  mutating func packet(from source: Endpoint, to destination: Endpoint, protocolNumber: UInt8, _ payload: [UInt8]) {
    let bytes = PacketEncoder.version4(
      from: source.address, to: destination.address, protocolNumber: protocolNumber,
      identification: UInt16(truncatingIfNeeded: frame + 1), fragment: 0, payload: payload[...])
    self.frame(bytes)
  }

  /// The next frame: an IP packet.
  mutating func frame(_ bytes: [UInt8]) {
    frame += 1
    time = time.advanced(byNanoseconds: 1_000_000)
    let reference = FrameReference(number: frame)
    guard
      let packet = decoder.decode(
        bytes.rawSpan, linkType: LinkType(rawValue: 101), frame: reference,
        anomalies: &streams.messages.anomalies)
    else { return }
    let content = bytes.rawSpan.extracting(packet.payload)
    switch packet.content {
    case .segment(let header):
      tcp.receive(
        packet, header: header, payload: content, time: time, frame: reference, point: .first, into: &streams)
    case .sctp(let header):
      sctp.receive(
        packet, header: header, payload: content, time: time, frame: reference, point: .first, into: &streams)
    default: break
    }
  }

  /// A segment of a connection; `flags` are those of the TCP header, beside ACK.
  mutating func segment(
    fromServer: Bool = false, sequence: UInt32, acknowledges: UInt32? = nil, flags: UInt8 = 0, _ data: [UInt8] = [],
    client: Endpoint = client
  ) {
    let source = fromServer ? StreamHarness.server : client
    let destination = fromServer ? client : StreamHarness.server
    var bytes: [UInt8] = []
    bytes.append(bigEndian: source.port)
    bytes.append(bigEndian: destination.port)
    bytes.append(bigEndian: sequence)
    bytes.append(bigEndian: acknowledges ?? 0)
    bytes += [0x50, flags | (acknowledges == nil ? 0 : 0x10), 0xff, 0xff, 0, 0, 0, 0]
    packet(from: source, to: destination, protocolNumber: 6, bytes + data)
  }

  mutating func finish() {
    tcp.finish(into: &streams)
    sctp.finish(into: &streams)
    streams.finish()
  }
}
