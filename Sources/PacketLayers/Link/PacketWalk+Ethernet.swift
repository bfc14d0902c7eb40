import ByteReading
import CaptureFacts

extension PacketWalk {
  /// IEEE 802.3 section 3.1: destination, source, then an EtherType, or a length below 0x0600 and IEEE 802.2.
  @inline(__always)
  mutating func readEthernet(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.ethernet, header: 14, &anomalies) else { return .nothing }
    let typeOrLength = bytes.bigEndianUInt16(at: offset + 12)
    offset += 14
    return nextOf(typeOrLength: typeOrLength, at: .ethernet, &anomalies)
  }

  /// IEEE 802.1Q section 9.3: priority and VLAN identifier, then again an EtherType or a length.
  mutating func readVLAN(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.vlan, header: 4, &anomalies) else { return .nothing }
    noteVLAN(bytes.bigEndianUInt16(at: offset))
    let typeOrLength = bytes.bigEndianUInt16(at: offset + 2)
    offset += 4
    return nextOf(typeOrLength: typeOrLength, at: .vlan, &anomalies)
  }

  /// The VN-Tag of Cisco (later IEEE 802.1BR): four bytes of interface identifiers, then an EtherType.
  mutating func readVNTag(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.vlan, header: 6, &anomalies) else { return .nothing }
    let etherType = bytes.bigEndianUInt16(at: offset + 4)
    offset += 6
    return next(etherType: etherType, at: .vlan, &anomalies)
  }

  /// IEEE 802.1ah: the I-TAG after its EtherType is four bytes (flags and service instance), then the customer's frame.
  mutating func readProviderBackboneBridge(_ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.providerBackboneBridge, header: 4, &anomalies) else { return .nothing }
    offset += 4
    return .ethernet
  }

  /// IEEE 802.2 and RFC 1042: the access points of IP itself, or those of SNAP and an EtherType.
  mutating func readLogicalLinkControl(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard require(3, at: .ethernet, &anomalies) else { return .nothing }
    let accessPoint = bytes.byte(at: offset)
    switch accessPoint {
    case 0xaa:
      guard require(8, at: .ethernet, &anomalies) else { return .nothing }
      let organization = bytes.bigEndianUInt24(at: offset + 3)
      let protocolIdentifier = bytes.bigEndianUInt16(at: offset + 6)
      offset += 8
      // RFC 1042: organization 0 has EtherTypes; 0x0000f8 is the same for what came over a bridge (IEEE 802.1H).
      if organization == 0 || organization == 0x0000f8 {
        return next(etherType: protocolIdentifier, at: .ethernet, &anomalies)
      }
      report(.protocolNotDecoded, at: .ethernet, detail: UInt32(protocolIdentifier), &anomalies)
      return .nothing
    case 0x06:
      offset += 3
      return .internet
    default:
      report(.protocolNotDecoded, at: .ethernet, detail: UInt32(accessPoint), &anomalies)
      return .nothing
    }
  }

  @inline(__always)
  private mutating func nextOf(
    typeOrLength: UInt16, at layer: LayerKind, _ anomalies: inout AnomalyLedger
  ) -> NextLayer {
    guard typeOrLength < 0x0600 else { return next(etherType: typeOrLength, at: layer, &anomalies) }
    narrow(to: Int(typeOrLength), from: offset, at: layer, field: layer == .vlan ? 2 : 12, &anomalies)
    return .logicalLinkControl
  }
}
