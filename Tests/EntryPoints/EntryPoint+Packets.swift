import ByteReading
import CaptureFacts
import PacketLayers
import SecurityAssociations
import StreamReassembly

extension EntryPoint {
  static let packets = [
    // Two bytes of link type, then a frame.
    EntryPoint("packet-layers", .bytes) { bytes in
      guard bytes.byteCount >= 2 else { return }
      var anomalies = AnomalyLedger()
      let frame = bytes.extracting(2..<bytes.byteCount)
      let packet = PacketDecoder().decode(
        frame, linkType: LinkType(rawValue: UInt32(bytes.bigEndianUInt16(at: 0))), frame: FrameReference(number: 1),
        anomalies: &anomalies)
      guard let packet else { return }
      // The payload lies in the frame.
      _ = frame.extracting(packet.payload).byteCount
    },
    EntryPoint("ip-fragments", .records) { bytes in
      var fragments = FragmentReassembler()
      var tcp = TCPReassembler()
      var sctp = SCTPReassembler()
      var consumer = CountingConsumer()
      var anomalies = AnomalyLedger()
      forEachPacket(bytes) { content, marks -> [UInt8] in
        // Two bytes of flags and offset stand before the data of a fragment.
        guard content.byteCount >= 2 else { return [] }
        let form = PacketForm(
          ipProtocol: marks & 1 == 0 ? 6 : 132, identification: UInt16(marks >> 1 & 3),
          fragment: content.bigEndianUInt16(at: 0))
        return form.packet(content.extracting(2..<content.byteCount))
      } taking: { packet, payload, time, frame in
        guard case .fragment(let header) = packet.content else { return }
        let whole = fragments.add(
          packet, header: header, payload: payload, time: time, frame: frame, anomalies: &anomalies)
        fragments.expire(before: time, anomalies: &anomalies)
        guard let whole else { return }
        let bytes = whole.bytes
        let inner = PacketDecoder().decode(
          inner: bytes.rawSpan, ipProtocol: whole.ipProtocol, outer: packet, frame: frame, anomalies: &anomalies)
        guard let inner else { return }
        let content = bytes.rawSpan.extracting(inner.payload)
        reassemble(inner, content, time, frame, &tcp, &sctp, &consumer)
      }
      tcp.finish(into: &consumer)
      sctp.finish(into: &consumer)
      fragments.finish(anomalies: &anomalies)
    },
    // Each record is a TCP header with data.
    EntryPoint("tcp-streams", .records) { bytes in
      streams(bytes, of: 6)
    },
    EntryPoint("sctp-associations", .chunkPackets) { bytes in
      streams(bytes, of: 132)
    },
    // Each record is what follows the IP header.
    EntryPoint("security-payloads", .records) { bytes in
      var opener = SecurityPayloadOpener()
      opener.give(associations)
      var anomalies = AnomalyLedger()
      forEachPacket(bytes) { content, marks -> [UInt8] in
        PacketForm(ipProtocol: 50, source: marks & 1 == 0 ? 1 : 2, destination: marks & 1 == 0 ? 2 : 1).packet(content)
      } taking: { packet, payload, time, frame in
        guard case .encapsulatingSecurityPayload = packet.content else { return }
        let source = packet.source.address
        let destination = packet.destination.address
        switch opener.open(payload, from: source, to: destination, at: time) {
        case .inPlace(let range, let ipProtocol):
          let inner = payload.extracting(range)
          _ = PacketDecoder().decode(
            inner: inner, ipProtocol: ipProtocol, outer: packet, frame: frame, anomalies: &anomalies)
        case .decrypted(let range, let ipProtocol):
          let buffer = opener.takeBuffer()
          let inner = buffer.rawSpan.extracting(range)
          _ = PacketDecoder().decode(
            inner: inner, ipProtocol: ipProtocol, outer: packet, frame: frame, anomalies: &anomalies)
          opener.giveBack(buffer)
        case .failed: break
        }
      }
      _ = opener.coverage
    },
    EntryPoint("association-file", .lines) { bytes in
      _ = try? SecurityAssociationRow.rows(in: bytes)
    },
  ]

  /// Associations without encryption and integrity, so that what is inside is reached, and one of each kind of cipher.
  private static var associations: [SecurityAssociationRow] {
    let rows = """
      "IPv4","*","*","0x00000001","NULL","","NULL",""
      "IPv4","*","*","0x00000002","NULL","","ANY 96 bit authentication [no checking]",""
      "IPv4","*","*","0x00000003","AES-CBC [RFC3602]","0x000102030405060708090a0b0c0d0e0f","NULL",""
      "IPv4","*","*","0x00000004","TripleDES-CBC [RFC2451]","0x000102030405060708090a0b0c0d0e0f1011121314151617","NULL",""
      "IPv4","*","*","0x00000005","AES-GCM [RFC4106]","0x000102030405060708090a0b0c0d0e0f10111213","NULL",""
      "IPv4","*","*","*","NULL","","HMAC-SHA-1-96 [RFC2404]","0x000102030405060708090a0b0c0d0e0f10111213"
      """
    let text = Array(rows.utf8)
    guard let rows = try? SecurityAssociationRow.rows(in: text.rawSpan) else { fail("the rows cannot be read") }
    return rows
  }

  /// Makes packets of the records of an input, and decodes them.
  private static func forEachPacket(
    _ bytes: RawSpan, _ build: (RawSpan, UInt8) -> [UInt8],
    taking take: (DecodedPacket, RawSpan, Timestamp, FrameReference) -> Void
  ) {
    var records = InputRecords(bytes)
    var time = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    var number: UInt64 = 0
    var anomalies = AnomalyLedger()
    while let (marks, content) = records.next() {
      number += 1
      time = time.advanced(byNanoseconds: PacketForm.pause(marks))
      let frame = build(bytes.extracting(content), marks)
      let reference = FrameReference(number: number)
      guard
        let packet = PacketDecoder().decode(
          frame.rawSpan, linkType: LinkType(rawValue: 101), frame: reference, anomalies: &anomalies)
      else { continue }
      take(packet, frame.rawSpan.extracting(packet.payload), time, reference)
    }
  }

  private static func streams(_ bytes: RawSpan, of ipProtocol: UInt8) {
    var tcp = TCPReassembler()
    var sctp = SCTPReassembler()
    var consumer = CountingConsumer()
    forEachPacket(bytes) { content, marks in
      PacketForm(
        ipProtocol: ipProtocol, source: marks & 1 == 0 ? 1 : 2, destination: marks & 1 == 0 ? 2 : 1
      ).packet(content)
    } taking: { packet, payload, time, frame in
      reassemble(packet, payload, time, frame, &tcp, &sctp, &consumer)
    }
    tcp.finish(into: &consumer)
    sctp.finish(into: &consumer)
    if tcp.bufferedBytes != 0 || sctp.bufferedBytes != 0 { fail("something is kept behind the end") }
  }

  private static func reassemble(
    _ packet: DecodedPacket, _ payload: RawSpan, _ time: Timestamp, _ frame: FrameReference,
    _ tcp: inout TCPReassembler, _ sctp: inout SCTPReassembler, _ consumer: inout CountingConsumer
  ) {
    let point = CapturePointHandle(rawValue: 0)
    switch packet.content {
    case .segment(let header):
      tcp.receive(
        packet, header: header, payload: payload, time: time, frame: frame, point: point, into: &consumer)
    case .sctp(let header):
      sctp.receive(
        packet, header: header, payload: payload, time: time, frame: frame, point: point, into: &consumer)
    default: break
    }
  }
}
