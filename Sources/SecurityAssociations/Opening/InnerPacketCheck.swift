import ByteReading
import CaptureFacts

/// Whether bytes are the packet that a next header announces: what keeps random bytes from being taken for one.
struct InnerPacketCheck: ~Escapable {
  let content: RawSpan
  /// The addresses around the payload: in transport mode those of the pseudo-header.
  let source: IPAddress
  let destination: IPAddress

  @_lifetime(copy content)
  init(content: RawSpan, source: IPAddress, destination: IPAddress) {
    self.content = content
    self.source = source
    self.destination = destination
  }

  /// Whether the content is of the protocol that its next header announces.
  func isPlausible(nextHeader: UInt8, _ evidence: StructureEvidence) -> Bool {
    switch (nextHeader, evidence) {
    case (17, _): isUDP(evidence)
    case (6, _): isTCP(evidence)
    case (4, _): isIPv4()
    case (41, _): isIPv6()
    // ICMP, ICMPv6, SCTP, and the dummy packets of RFC 4303 section 2.6: too little in them to learn from.
    case (1, .expected), (58, .expected), (132, .expected), (59, .expected): true
    default: false
    }
  }

  /// RFC 768: ports, a length that is that of the content, and a checksum, which IPv4 may leave out.
  private func isUDP(_ evidence: StructureEvidence) -> Bool {
    guard content.byteCount >= 8, content.bigEndianUInt16(at: 0) != 0, content.bigEndianUInt16(at: 2) != 0,
      Int(content.bigEndianUInt16(at: 4)) == content.byteCount
    else { return false }
    switch evidence {
    case .expected: return true
    case .structureAlone:
      return (content.bigEndianUInt16(at: 6) == 0 && source.isV4) || hasChecksum(nextHeader: 17)
    }
  }

  /// RFC 9293 section 3.1: ports, a header that is within the content, reserved bits and flags that go together, and the
  /// checksum.
  private func isTCP(_ evidence: StructureEvidence) -> Bool {
    guard content.byteCount >= 20, content.bigEndianUInt16(at: 0) != 0, content.bigEndianUInt16(at: 2) != 0
    else { return false }
    let headerLength = Int(content.byte(at: 12) >> 4) * 4
    let flags = content.byte(at: 13)
    guard headerLength >= 20, headerLength <= content.byteCount, content.byte(at: 12) & 0x0e == 0,
      flags & 0x3f != 0, flags & 0x03 != 0x03
    else { return false }
    switch evidence {
    case .expected: return true
    case .structureAlone: return hasChecksum(nextHeader: 6)
    }
  }

  /// RFC 791 section 3.1, in tunnel mode: the total length is that of the content, and the header has its checksum.
  private func isIPv4() -> Bool {
    guard content.byteCount >= 20, content.byte(at: 0) >> 4 == 4 else { return false }
    let headerLength = Int(content.byte(at: 0) & 0xf) * 4
    guard headerLength >= 20, headerLength <= content.byteCount,
      Int(content.bigEndianUInt16(at: 2)) == content.byteCount
    else { return false }
    return InnerPacketCheck.fold(sum(of: content.extracting(0..<headerLength))) == 0xffff
  }

  /// RFC 8200 section 3, in tunnel mode: the payload length is that of the content; with a next header that a host
  /// sends, for there is no checksum.
  private func isIPv6() -> Bool {
    guard content.byteCount >= 40, content.byte(at: 0) >> 4 == 6,
      Int(content.bigEndianUInt16(at: 4)) == content.byteCount - 40
    else { return false }
    let next = content.byte(at: 6)
    return [0, 6, 17, 43, 44, 50, 58, 60, 132].contains(next) && content.byte(at: 7) != 0
  }

  /// RFC 768 and RFC 9293 section 3.1, with the pseudo-header of RFC 8200 section 8.1, which for IPv4 sums up to the
  /// same.
  private func hasChecksum(nextHeader: UInt64) -> Bool {
    var sum = sum(of: content) &+ nextHeader &+ UInt64(content.byteCount)
    for address in [source, destination] {
      if address.isV4 {
        sum &+= UInt64(address.v4Bits >> 16) &+ UInt64(address.v4Bits & 0xffff)
      } else {
        for half in [address.high, address.low] {
          sum &+= half >> 48 &+ half >> 32 & 0xffff &+ half >> 16 & 0xffff &+ half & 0xffff
        }
      }
    }
    return InnerPacketCheck.fold(sum) == 0xffff
  }

  /// The sum of RFC 1071, not folded: of so many bytes it cannot overflow.
  private func sum(of bytes: RawSpan) -> UInt64 {
    var sum: UInt64 = 0
    var offset = 0
    while bytes.byteCount - offset >= 4 {
      let word = bytes.bigEndianUInt32(at: offset)
      sum &+= UInt64(word >> 16) &+ UInt64(word & 0xffff)
      offset += 4
    }
    while offset < bytes.byteCount {
      sum &+= UInt64(bytes.byte(at: offset)) << (offset & 1 == 0 ? 8 : 0)
      offset += 1
    }
    return sum
  }

  private static func fold(_ sum: UInt64) -> UInt64 {
    var sum = sum
    while sum >> 16 != 0 { sum = (sum & 0xffff) &+ (sum >> 16) }
    return sum
  }
}
