import ByteReading
import CaptureFacts

extension PacketWalk {
  /// TaZmen Sniffer Protocol: version 1, type (0 and 1 have a packet), what is encapsulated, tagged fields up to tag 1.
  /// What does not begin so stays a datagram.
  mutating func readTZSP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard remaining >= 5, bytes.byte(at: offset) == 1, bytes.byte(at: offset + 1) <= 1 else { return .complete }
    guard enter(.tzsp, &anomalies) else { return .nothing }
    let encapsulated = bytes.bigEndianUInt16(at: offset + 2)
    offset += 4
    var tag: UInt8 = 0
    while tag != 1 {
      guard require(1, at: .tzsp, &anomalies) else { return .nothing }
      tag = bytes.byte(at: offset)
      offset += 1
      // Padding (0) and the end (1) have no length.
      guard tag > 1 else { continue }
      guard require(1, at: .tzsp, &anomalies) else { return .nothing }
      let length = 1 + Int(bytes.byte(at: offset))
      guard require(length, at: .tzsp, &anomalies) else { return .nothing }
      offset += length
    }
    if encapsulated == 1 { return .ethernet }
    report(.protocolNotDecoded, at: .tzsp, detail: UInt32(encapsulated), &anomalies)
    return .nothing
  }

  /// GSMTAP version 2: its length in units of four bytes, then the type. No type carries IP as such; the radio and
  /// Abis messages inside are counted by type. What does not begin so stays a datagram.
  mutating func readGSMTAP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard remaining >= 16, bytes.byte(at: offset) == 2, bytes.byte(at: offset + 1) >= 4 else { return .complete }
    guard enter(.gsmtap, &anomalies) else { return .nothing }
    report(.protocolNotDecoded, at: .gsmtap, detail: UInt32(bytes.byte(at: offset + 2)), &anomalies)
    return .nothing
  }
}
