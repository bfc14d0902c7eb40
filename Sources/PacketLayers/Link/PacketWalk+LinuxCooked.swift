import ByteReading
import CaptureFacts

extension PacketWalk {
  /// LINKTYPE_LINUX_SLL: packet type, ARPHRD type, address, and the protocol in the last two of 16 bytes.
  mutating func readLinuxCooked(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.linuxCooked, header: 16, &anomalies) else { return .nothing }
    let hardware = bytes.bigEndianUInt16(at: offset + 2)
    let protocolType = bytes.bigEndianUInt16(at: offset + 14)
    offset += 16
    return nextOf(cookedProtocol: protocolType, hardware: hardware, at: .linuxCooked, &anomalies)
  }

  /// LINKTYPE_LINUX_SLL2: the protocol first, ARPHRD type at 8, address; 20 bytes.
  mutating func readLinuxCooked2(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.linuxCooked2, header: 20, &anomalies) else { return .nothing }
    let protocolType = bytes.bigEndianUInt16(at: offset)
    let hardware = bytes.bigEndianUInt16(at: offset + 8)
    offset += 20
    return nextOf(cookedProtocol: protocolType, hardware: hardware, at: .linuxCooked2, &anomalies)
  }

  /// The protocol is an EtherType; of those below 0x0600, which Linux made up for itself, 4 is IEEE 802.2
  /// (ETH_P_802_2). On ARPHRD_IPGRE (778) it is a protocol type of GRE.
  private mutating func nextOf(
    cookedProtocol: UInt16, hardware: UInt16, at layer: LayerKind, _ anomalies: inout AnomalyLedger
  ) -> NextLayer {
    if cookedProtocol == 4 { return .logicalLinkControl }
    let next = hardware == 778 ? NextLayer(greProtocol: cookedProtocol) : NextLayer(etherType: cookedProtocol)
    return known(next, number: UInt32(cookedProtocol), at: layer, &anomalies)
  }
}
