import ByteReading
import CaptureFacts

extension PacketWalk {
  /// RFC 3032 section 2.1: labels of four bytes up to the one with the bottom bit. What is below it is not announced:
  /// an IP header is known by its version, a control word by its first nibble 0 (RFC 4385 section 3), Ethernet by its
  /// EtherType.
  mutating func readMPLS(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.mpls, &anomalies) else { return .nothing }
    var atBottom = false
    while !atBottom {
      guard require(4, at: .mpls, &anomalies) else { return .nothing }
      atBottom = bytes.byte(at: offset + 2) & 1 == 1
      offset += 4
    }
    guard require(1, at: .mpls, &anomalies) else { return .nothing }
    switch bytes.byte(at: offset) >> 4 {
    // A destination address of Ethernet may begin with 4 or 6 as well: then its EtherType shows.
    case 4 where !isEthernet(bytes, at: offset) || isPlausibleIPv4(bytes): return .internet
    case 6 where !isEthernet(bytes, at: offset) || isPlausibleIPv6(bytes): return .internet
    case 0 where isEthernet(bytes, at: offset + 4):
      offset += 4
      return .ethernet
    default:
      if isEthernet(bytes, at: offset) { return .ethernet }
      report(.protocolNotDecoded, at: .mpls, detail: UInt32(bytes.byte(at: offset) >> 4), &anomalies)
      return .nothing
    }
  }

  /// Whether an Ethernet header at `start` would announce something that a pseudo-wire is known to carry.
  private func isEthernet(_ bytes: RawSpan, at start: Int) -> Bool {
    guard end - start >= 14 else { return false }
    let etherType = bytes.bigEndianUInt16(at: start + 12)
    return etherType == 0x0806 || NextLayer(etherType: etherType) != .unknown
  }

  /// Whether the header ahead is one of IPv4 whose length fits the bytes there are.
  func isPlausibleIPv4(_ bytes: RawSpan) -> Bool {
    guard remaining >= 20, bytes.byte(at: offset) & 0xf >= 5, bytes.byte(at: offset) >> 4 == 4 else { return false }
    let length = Int(bytes.bigEndianUInt16(at: offset + 2))
    return length >= 20 && length <= max(remaining, promisedEnd == .max ? 0 : promisedEnd - offset)
  }

  /// Whether the header ahead is one of IPv6 whose length fits the bytes there are.
  func isPlausibleIPv6(_ bytes: RawSpan) -> Bool {
    guard remaining >= 40, bytes.byte(at: offset) >> 4 == 6 else { return false }
    let length = 40 + Int(bytes.bigEndianUInt16(at: offset + 4))
    return length <= max(remaining, promisedEnd == .max ? 0 : promisedEnd - offset)
  }
}
