import ByteReading
import CaptureFacts

extension PacketWalk {
  /// LINKTYPE_WIRESHARK_UPPER_PDU: tags of type, length and value (padded by whoever wrote them, the length says so) up
  /// to tag 0, then the message.
  mutating func readExportedPDU(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.exportedPDU, &anomalies) else { return .nothing }
    let start = offset
    var transport = TransportProtocol.udp
    var inner = NextLayer.complete
    while true {
      guard require(4, at: .exportedPDU, &anomalies) else { return .nothing }
      let tag = bytes.bigEndianUInt16(at: offset)
      let length = Int(bytes.bigEndianUInt16(at: offset + 2))
      offset += 4
      if tag == 0 { break }
      guard require(length, at: .exportedPDU, &anomalies) else { return .nothing }
      let value = offset..<offset + length
      offset += length
      switch (tag, length) {
      case (12, _): inner = exportedProtocol(bytes, in: value)
      case (20, 4): source.address = IPAddress(v4: bytes.bigEndianUInt32(at: value.lowerBound))
      case (21, 4): destination.address = IPAddress(v4: bytes.bigEndianUInt32(at: value.lowerBound))
      case (22, 16): source.address = address(bytes, at: value.lowerBound)
      case (23, 16): destination.address = address(bytes, at: value.lowerBound)
      case (24, 4): transport = exportedTransport(bytes.bigEndianUInt32(at: value.lowerBound))
      case (25, 4): source.port = UInt16(truncatingIfNeeded: bytes.bigEndianUInt32(at: value.lowerBound))
      case (26, 4): destination.port = UInt16(truncatingIfNeeded: bytes.bigEndianUInt32(at: value.lowerBound))
      case (20...26, _): report(.optionMalformed, at: .exportedPDU, offset: value.lowerBound - start, &anomalies)
      default: break
      }
    }
    guard inner == .complete else { return inner }
    return carryMessage(in: offset..<end, promisedEnd: promisedEnd, transport: transport)
  }

  /// The port types that Wireshark numbers for this format: 1 SCTP, 2 TCP, 3 UDP.
  private func exportedTransport(_ portType: UInt32) -> TransportProtocol {
    switch portType {
    case 1: .sctp
    case 2: .tcp
    default: .udp
    }
  }

  /// What the name of the dissector says about the message: a packet for these names, a message of an application for
  /// all others. The name may be padded with zeros.
  private func exportedProtocol(_ bytes: RawSpan, in range: Range<Int>) -> NextLayer {
    let nameEnd = bytes.firstOffset(of: 0, in: range) ?? range.upperBound
    let name = range.lowerBound..<nameEnd
    if bytes.equalsIgnoringCase("ip", in: name) || bytes.equalsIgnoringCase("ipv6", in: name) { return .internet }
    if bytes.equalsIgnoringCase("eth_withoutfcs", in: name) || bytes.equalsIgnoringCase("eth_maybefcs", in: name) {
      return .ethernet
    }
    return .complete
  }
}
