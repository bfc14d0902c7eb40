import ByteReading
import CaptureFacts
import CaptureInput
import Foundation
import PacketLayers
import StreamReassembly

/// A capture file read through all layers below, its TCP or SCTP reassembled.
struct CapturedStreams {
  var consumer = RecordingConsumer()

  init(_ file: URL, verifiesChecksums: Bool = false) throws {
    var capture = try MergedCapture([file.path])
    let decoder = PacketDecoder()
    var anomalies = AnomalyLedger()
    var fragments = FragmentReassembler()
    var connections = TCPReassembler()
    var associations = SCTPReassembler(verifiesChecksums: verifiesChecksums)
    while capture.advance() {
      let frame = capture.frame
      var bytes = frame.bytes.copied(0..<frame.bytes.byteCount)
      var packet = decoder.decode(
        frame.bytes, linkType: frame.linkType, frame: frame.reference, anomalies: &anomalies)
      while let fragment = packet, case .fragment(let header) = fragment.content,
        let datagram = fragments.add(
          fragment, header: header, payload: bytes.span.bytes.extracting(fragment.payload), time: frame.time,
          frame: frame.reference, anomalies: &anomalies)
      {
        bytes = datagram.bytes
        packet = decoder.decode(
          inner: bytes.span.bytes, ipProtocol: datagram.ipProtocol, outer: fragment, frame: frame.reference,
          anomalies: &anomalies)
      }
      guard let packet else { continue }
      let payload = bytes.span.bytes.extracting(packet.payload)
      switch packet.content {
      case .segment(let header):
        connections.receive(
          packet, header: header, payload: payload, time: frame.time, frame: frame.reference,
          point: .first, into: &consumer)
      case .sctp(let header):
        associations.receive(
          packet, header: header, payload: payload, time: frame.time, frame: frame.reference,
          point: .first, into: &consumer)
      default: break
      }
    }
    connections.finish(into: &consumer)
    associations.finish(into: &consumer)
  }
}
