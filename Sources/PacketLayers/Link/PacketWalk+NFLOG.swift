import ByteReading
import CaptureFacts

extension PacketWalk {
  /// LINKTYPE_NFLOG: address family, version, resource, then attributes, each of a length that counts its own four bytes
  /// of head and is padded to four; the packet is attribute 9. Attributes are in the byte order of the machine that
  /// logged, which nothing names: the order in which they fill the frame is the right one.
  mutating func readNFLOG(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.nflog, header: 4, &anomalies) else { return .nothing }
    guard bytes.byte(at: offset + 1) == 0 else {
      report(.headerMalformed, at: .nflog, offset: 1, &anomalies)
      return .nothing
    }
    let family = bytes.byte(at: offset)
    offset += 4
    guard let payload = nflogPayload(bytes, bigEndian: false) ?? nflogPayload(bytes, bigEndian: true) else {
      report(.headerMalformed, at: .nflog, offset: 4, &anomalies)
      return .nothing
    }
    // AF_INET and AF_INET6 of Linux.
    guard family == 2 || family == 10 else {
      report(.protocolNotDecoded, at: .nflog, detail: UInt32(family), &anomalies)
      return .nothing
    }
    offset = payload.lowerBound
    narrow(to: payload.count, from: payload.lowerBound, at: .nflog, field: 0, &anomalies)
    return .internet
  }

  /// The packet among the attributes; nil where they do not add up in this byte order. The packet comes last, so one
  /// that was cut by the snapshot length still counts.
  private func nflogPayload(_ bytes: RawSpan, bigEndian: Bool) -> Range<Int>? {
    var position = offset
    while end - position >= 4 {
      let first = bytes.littleEndianUInt16(at: position)
      let second = bytes.littleEndianUInt16(at: position + 2)
      let length = Int(bigEndian ? first.byteSwapped : first)
      let type = (bigEndian ? second.byteSwapped : second) & 0x7fff
      guard length >= 4 else { return nil }
      if type == 9 { return position + 4..<position + length }
      position += (length + 3) & ~3
    }
    return nil
  }
}
