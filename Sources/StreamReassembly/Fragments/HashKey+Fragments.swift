import ByteReading
import CaptureFacts
import PacketLayers

extension HashKey {
  /// The hash of what fragments of one datagram share (RFC 791 section 3.2; for IPv6 RFC 8200 section 4.5, which leaves the
  /// protocol out: later fragments may state another). The link and the tunnel do not count, so that fragments that took
  /// two ways past the capture still meet.
  func hash(from source: IPAddress, to destination: IPAddress, _ header: IPFragmentHeader) -> KeyedHash {
    let ipProtocol: UInt8 = source.isV4 ? header.ipProtocol : 0
    return
      start
      .combined(with: KeyedHash(high: source.high, low: source.low))
      .combined(with: KeyedHash(high: destination.high, low: destination.low))
      .combined(with: UInt64(header.identification) << 8 | UInt64(ipProtocol))
  }
}
