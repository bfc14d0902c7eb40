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
    if let first = pathEndpoint(bytes), !endpoints.contains(first) { endpoints.append(first) }
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

  /// Where a session of MSRP is opened to: the first URI of its path, `msrp://host:port/session;tcp` (RFC 4975 sections 6
  /// and 8.1), whatever the `m=` line says.
  private func pathEndpoint(_ bytes: RawSpan) -> Endpoint? {
    var words = SDPWordReader(bytes, in: messagePath.clamped(to: bytes.byteCount))
    guard let uri = words.next(), let scheme = bytes.firstOffset(of: "://", in: uri) else { return nil }
    let rest = scheme + 3..<uri.upperBound
    var authority = rest.lowerBound..<(bytes.firstOffset(of: UInt8(ascii: "/"), in: rest) ?? rest.upperBound)
    if let user = bytes.firstOffset(of: UInt8(ascii: "@"), in: authority) {
      authority = user + 1..<authority.upperBound
    }
    guard let colon = authority.last(where: { bytes.byte(at: $0) == UInt8(ascii: ":") }),
      let port: UInt16 = bytes.integer(in: colon + 1..<authority.upperBound), port != 0
    else { return nil }
    var host = authority.lowerBound..<colon
    if host.count > 2, bytes.byte(at: host.lowerBound) == UInt8(ascii: "["),
      bytes.byte(at: host.upperBound - 1) == UInt8(ascii: "]")
    {
      host = host.lowerBound + 1..<host.upperBound - 1
    }
    guard let address = SDPMedia.address(bytes, host) else { return nil }
    return Endpoint(address: address, port: port)
  }

  private static func address(_ bytes: RawSpan, _ range: Range<Int>) -> IPAddress? {
    guard let address = IPAddress(bytes.text(in: range)), !address.isUnspecified else { return nil }
    return address
  }
}
