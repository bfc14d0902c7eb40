import ByteReading
import CaptureFacts

extension PacketWalk {
  /// RFC 7348 section 5: the I flag, and reserved bits 0; the group policy extension uses the highest flag and the two
  /// bytes behind the flags. What does not look so stays a datagram.
  mutating func readVXLAN(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard remaining >= 8 + 14, bytes.byte(at: offset) & 0x7f == 0x08, bytes.byte(at: offset + 7) == 0
    else { return .complete }
    guard enter(.vxlan, &anomalies) else { return .nothing }
    offset += 8
    return .ethernet
  }

  /// RFC 8926 section 3.4: version 0, the length of the options in units of four bytes, reserved bits 0, and an EtherType
  /// for the protocol. What does not look so stays a datagram.
  mutating func readGENEVE(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard remaining >= 8, bytes.byte(at: offset) & 0xc0 == 0, bytes.byte(at: offset + 1) & 0x3f == 0,
      bytes.byte(at: offset + 7) == 0
    else { return .complete }
    let protocolType = bytes.bigEndianUInt16(at: offset + 2)
    let next = NextLayer(greProtocol: protocolType)
    guard next == .ethernet || next == .internet || next == .mpls else { return .complete }
    let length = 8 + Int(bytes.byte(at: offset) & 0x3f) * 4
    guard enter(.geneve, &anomalies), require(length, at: .geneve, &anomalies) else { return .nothing }
    offset += length
    return next
  }

  /// RFC 4380 section 5.1.1: IPv6, behind an authentication header, an origin indication, both or neither. What does not
  /// end in IPv6 stays a datagram.
  mutating func readTeredo(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    var start = offset
    // Indicator 1: lengths of the client identifier and of the authentication value, those, a nonce and a byte.
    if end - start >= 4, bytes.bigEndianUInt16(at: start) == 1 {
      start += 4 + Int(bytes.byte(at: start + 2)) + Int(bytes.byte(at: start + 3)) + 9
    }
    // Indicator 0: a port and an IPv4 address.
    if end - start >= 8, bytes.bigEndianUInt16(at: start) == 0 { start += 8 }
    guard end - start >= 40, bytes.byte(at: start) >> 4 == 6 else { return .complete }
    guard enter(.teredo, &anomalies) else { return .nothing }
    offset = start
    return .internet
  }

  /// RFC 3948 section 2: four zero bytes mark IKE, a single 0xff keeps the mapping alive, all else is a security
  /// payload.
  mutating func readUDPEncapsulatedESP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard remaining >= 8, bytes.bigEndianUInt32(at: offset) != 0 else { return .complete }
    return .encapsulatingSecurityPayload
  }
}
