import ByteReading
import CaptureFacts

extension PacketWalk {
  /// RFC 1661 section 2, with the address and control bytes of RFC 1662 section 3.1 where they are there, and a
  /// protocol compressed to one byte where it is (RFC 1661 section 6.5: an odd first byte).
  mutating func readPPP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.ppp, header: 2, &anomalies) else { return .nothing }
    if bytes.bigEndianUInt16(at: offset) == 0xff03 { offset += 2 }
    guard require(1, at: .ppp, &anomalies) else { return .nothing }
    var protocolField = UInt16(bytes.byte(at: offset))
    if protocolField & 1 == 1 {
      offset += 1
    } else {
      guard require(2, at: .ppp, &anomalies) else { return .nothing }
      protocolField = bytes.bigEndianUInt16(at: offset)
      offset += 2
    }
    return known(NextLayer(pppProtocol: protocolField), number: UInt32(protocolField), at: .ppp, &anomalies)
  }

  /// LINKTYPE_PPP_PPPD and LINKTYPE_PPP_WITH_DIR: one byte of direction, then PPP.
  mutating func readPPPWithDirection(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard require(1, at: .ppp, &anomalies) else { return .nothing }
    // PPPD itself counts 0 and 1; 0xff is the address byte of PPP, written by some without a direction.
    if bytes.byte(at: offset) != 0xff { offset += 1 }
    return .ppp
  }

  /// RFC 2516 section 4: version and type 1, code 0 for session data, session, length, then PPP.
  mutating func readPPPoE(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.pppoe, header: 6, &anomalies) else { return .nothing }
    guard bytes.byte(at: offset) == 0x11 else {
      report(.headerMalformed, at: .pppoe, &anomalies)
      return .nothing
    }
    let code = bytes.byte(at: offset + 1)
    guard code == 0 else {
      report(.protocolNotDecoded, at: .pppoe, detail: UInt32(code), &anomalies)
      return .nothing
    }
    let length = Int(bytes.bigEndianUInt16(at: offset + 4))
    offset += 6
    narrow(to: length, from: offset, at: .pppoe, field: 4, &anomalies)
    return .ppp
  }

  /// Cisco HDLC: address 0x0f (unicast) or 0x8f (multicast), control, EtherType. What begins as PPP in HDLC framing
  /// (RFC 1662) is that: the link type alone does not tell the two apart on a serial line.
  mutating func readCiscoHDLC(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    if remaining >= 2, bytes.bigEndianUInt16(at: offset) == 0xff03 { return .ppp }
    guard enter(.ciscoHDLC, header: 4, &anomalies) else { return .nothing }
    let etherType = bytes.bigEndianUInt16(at: offset + 2)
    offset += 4
    return next(etherType: etherType, at: .ciscoHDLC, &anomalies)
  }
}
