import ByteReading
import CaptureFacts

extension PacketWalk {
  /// RFC 2784 and RFC 2890 (checksum, key, sequence number), RFC 1701 (routing), and version 1 of RFC 2637 (PPTP).
  mutating func readGRE(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.gre, header: 4, &anomalies) else { return .nothing }
    let flags = bytes.bigEndianUInt16(at: offset)
    let protocolType = bytes.bigEndianUInt16(at: offset + 2)
    let hasChecksum = flags & 0x8000 != 0
    let hasRouting = flags & 0x4000 != 0
    let hasKey = flags & 0x2000 != 0
    let hasSequence = flags & 0x1000 != 0
    let version = flags & 7
    // RFC 2637 section 4.1: version 1 always has the key, half of which is the length of the payload.
    guard version == 0 || version == 1 && hasKey else {
      report(.headerMalformed, at: .gre, &anomalies)
      return .nothing
    }
    // RFC 2637 section 4.1: an acknowledgment number takes four bytes more.
    let hasAcknowledgment = version == 1 && flags & 0x0080 != 0
    var length = 4
    for isPresent in [hasChecksum || hasRouting, hasKey, hasSequence, hasAcknowledgment] where isPresent { length += 4 }
    guard require(length, at: .gre, &anomalies) else { return .nothing }
    let payloadLength = version == 1 ? Int(bytes.bigEndianUInt16(at: offset + 4)) : 0
    offset += length
    if hasRouting {
      guard passRouting(bytes, &anomalies) else { return .nothing }
    }
    if version == 1 {
      // An acknowledgment alone carries no payload.
      guard hasSequence else { return .complete }
      narrow(to: payloadLength, from: offset, at: .gre, field: 4, &anomalies)
    }
    let next = NextLayer(greProtocol: protocolType)
    // Type I of ERSPAN has no header of its own, and no sequence number in GRE; type II has both.
    if next == .erspanTypeTwo, !hasSequence { return enter(.erspan, &anomalies) ? .ethernet : .nothing }
    return known(next, number: UInt32(protocolType), at: .gre, &anomalies)
  }

  /// RFC 1701: source route entries, each with its length in its fourth byte, up to one of family 0 and length 0.
  private mutating func passRouting(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> Bool {
    while true {
      guard require(4, at: .gre, &anomalies) else { return false }
      let family = bytes.bigEndianUInt16(at: offset)
      let length = Int(bytes.byte(at: offset + 3))
      offset += 4
      if family == 0, length == 0 { return true }
      guard require(length, at: .gre, &anomalies) else { return false }
      offset += length
    }
  }

  /// ERSPAN type II (draft-foschiano-erspan-03 section 4.2): version 1, eight bytes.
  mutating func readERSPANTypeTwo(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.erspan, header: 8, &anomalies) else { return .nothing }
    guard bytes.byte(at: offset) >> 4 == 1 else {
      report(.headerMalformed, at: .erspan, &anomalies)
      return .nothing
    }
    offset += 8
    return .ethernet
  }

  /// ERSPAN type III (draft-foschiano-erspan-03 section 4.3): version 2, twelve bytes, and eight more where the last
  /// bit says so; the frame type tells Ethernet (0) from IP (2).
  mutating func readERSPANTypeThree(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.erspan, header: 12, &anomalies) else { return .nothing }
    guard bytes.byte(at: offset) >> 4 == 2 else {
      report(.headerMalformed, at: .erspan, &anomalies)
      return .nothing
    }
    let last = bytes.bigEndianUInt16(at: offset + 10)
    let length = last & 1 == 1 ? 20 : 12
    guard require(length, at: .erspan, &anomalies) else { return .nothing }
    offset += length
    let frameType = UInt32(last >> 10 & 0x1f)
    switch frameType {
    case 0: return .ethernet
    case 2: return .internet
    default:
      report(.protocolNotDecoded, at: .erspan, detail: frameType, &anomalies)
      return .nothing
    }
  }
}
