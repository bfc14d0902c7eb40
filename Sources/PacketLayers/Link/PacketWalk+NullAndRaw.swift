import ByteReading
import CaptureFacts

extension PacketWalk {
  /// LINKTYPE_NULL and LINKTYPE_LOOP: four bytes of address family, in the byte order of whoever captured (NULL) or of
  /// the network (LOOP). A family is a small number, so the order shows.
  mutating func readNull(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.null, header: 4, &anomalies) else { return .nothing }
    let bigEndian = bytes.bigEndianUInt32(at: offset)
    let family = bigEndian > 0xffff ? bigEndian.byteSwapped : bigEndian
    offset += 4
    switch family {
    // AF_INET everywhere; AF_INET6 of Linux, Windows, NetBSD and OpenBSD, FreeBSD, macOS.
    case 2, 10, 23, 24, 28, 30: return .internet
    default:
      report(.protocolNotDecoded, at: .null, detail: family, &anomalies)
      return .nothing
    }
  }

  /// LINKTYPE_RAW, LINKTYPE_IPV4, LINKTYPE_IPV6: an IP header without anything before it.
  mutating func readRaw(_ anomalies: inout AnomalyLedger) -> NextLayer {
    enter(.raw, &anomalies) ? .internet : .nothing
  }
}
