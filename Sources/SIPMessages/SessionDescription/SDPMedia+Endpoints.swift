import ByteReading
import CaptureFacts

extension SDPMedia {
  /// Where the medium may be sent to: the address of its `c=` line with its port, and the candidates of ICE for RTP over
  /// UDP (RFC 8839 section 5.1). Names, ports of refused media and the address of an old hold (RFC 3264 section 8.4) are
  /// none.
  public func endpoints(in bytes: RawSpan) -> [Endpoint] {
    var endpoints: [Endpoint] = []
    if let port, port != 0, let address = SDPMedia.address(bytes, address.clamped(to: bytes.byteCount)) {
      endpoints.append(Endpoint(address: address, port: port))
    }
    for candidate in candidates {
      // Foundation, component, transport, priority, address, port.
      var words = SDPWordReader(bytes, in: candidate.clamped(to: bytes.byteCount))
      _ = words.next()
      guard let component = words.next(), bytes.integer(in: component) == UInt8(1), let transport = words.next(),
        bytes.equalsIgnoringCase("udp", in: transport)
      else { continue }
      _ = words.next()
      guard let addressText = words.next(), let portText = words.next(),
        let address = SDPMedia.address(bytes, addressText), let port: UInt16 = bytes.integer(in: portText)
      else { continue }
      let endpoint = Endpoint(address: address, port: port)
      if !endpoints.contains(endpoint) { endpoints.append(endpoint) }
    }
    return endpoints
  }

  private static func address(_ bytes: RawSpan, _ range: Range<Int>) -> IPAddress? {
    guard let address = IPAddress(bytes.text(in: range)), !address.isUnspecified else { return nil }
    return address
  }
}
