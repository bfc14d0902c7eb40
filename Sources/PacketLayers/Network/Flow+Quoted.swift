import ByteReading
import CaptureFacts

extension Flow {
  /// The flow of a packet of which an error quotes the beginning: its header, and at least eight bytes more (RFC 792,
  /// RFC 1812 section 4.3.2.3, RFC 4443 section 3). `range` lies inside `bytes`. nil where the ports are not in it.
  init?(quotedIn bytes: RawSpan, range: Range<Int>) {
    guard range.count >= 20 else { return nil }
    let start = range.lowerBound
    let source: IPAddress
    let destination: IPAddress
    var ipProtocol: UInt8
    var offset: Int
    switch bytes.byte(at: start) >> 4 {
    case 4:
      // A later fragment has no ports.
      guard bytes.bigEndianUInt16(at: start + 6) & 0x1fff == 0 else { return nil }
      let headerLength = Int(bytes.byte(at: start) & 0xf) * 4
      guard headerLength >= 20 else { return nil }
      source = IPAddress(v4: bytes.bigEndianUInt32(at: start + 12))
      destination = IPAddress(v4: bytes.bigEndianUInt32(at: start + 16))
      ipProtocol = bytes.byte(at: start + 9)
      offset = start + headerLength
    case 6:
      guard range.count >= 40 else { return nil }
      source = IPAddress(high: bytes.bigEndianUInt64(at: start + 8), low: bytes.bigEndianUInt64(at: start + 16))
      destination = IPAddress(high: bytes.bigEndianUInt64(at: start + 24), low: bytes.bigEndianUInt64(at: start + 32))
      ipProtocol = bytes.byte(at: start + 6)
      offset = start + 40
    default:
      return nil
    }
    for _ in 0..<PacketDecoder.extensionHeaderLimit {
      let next = NextLayer(ipProtocol: ipProtocol)
      guard next == .extensionHeader || next == .fragmentHeader, range.upperBound - offset >= 8 else { break }
      if next == .fragmentHeader, bytes.bigEndianUInt16(at: offset + 2) & 0xfff8 != 0 { return nil }
      let length = next == .fragmentHeader ? 8 : 8 + Int(bytes.byte(at: offset + 1)) * 8
      ipProtocol = bytes.byte(at: offset)
      offset += length
    }
    guard let transport = TransportProtocol(rawValue: ipProtocol), range.upperBound - offset >= 4 else { return nil }
    self.init(
      source: Endpoint(address: source, port: bytes.bigEndianUInt16(at: offset)),
      destination: Endpoint(address: destination, port: bytes.bigEndianUInt16(at: offset + 2)),
      transport: transport)
  }
}
