import CaptureFacts

/// Writes IP packets: checksums, fragments, an optional tunnel and the link header around each.
struct PacketEncoder {
  /// The largest IP packet in bytes; larger ones are fragmented.
  static let maximumTransmissionUnit = 1500

  private static let gtpUserPort: UInt16 = 2152

  let link: LinkEncapsulation
  let tunnel: PacketTunnel?
  /// When what is encoded next is sent, in nanoseconds since the start of the scenario.
  var time: Int64 = 0
  private let protections: [AccessProtection]
  private var sequences: [UInt32: UInt32] = [:]
  private var nextIdentification: [IPAddress: UInt16] = [:]

  init(link: LinkEncapsulation, tunnel: PacketTunnel?, protections: [AccessProtection] = []) {
    self.link = link
    self.tunnel = tunnel
    self.protections = protections
  }

  /// The frames of one UDP datagram (RFC 768).
  mutating func datagram(from source: Endpoint, to destination: Endpoint, payload: [UInt8]) -> [[UInt8]] {
    let bytes = PacketEncoder.userDatagram(from: source, to: destination, payload: payload)
    return frames(
      from: source.address, to: destination.address, protocolNumber: TransportProtocol.udp.rawValue, payload: bytes)
  }

  /// The frames of one packet of any protocol above IP.
  mutating func frames(
    from source: IPAddress, to destination: IPAddress, protocolNumber: UInt8, payload: [UInt8]
  ) -> [[UInt8]] {
    let sent = protected(from: source, to: destination, protocolNumber: protocolNumber, payload: payload)
    return packets(from: source, to: destination, protocolNumber: sent.protocolNumber, payload: sent.payload)
      .flatMap { packet in framesOfPacket(packet, from: source, to: destination) }
  }

  /// The same in ESP, where the two ends have agreed on it by now.
  private mutating func protected(
    from source: IPAddress, to destination: IPAddress, protocolNumber: UInt8, payload: [UInt8]
  ) -> (protocolNumber: UInt8, payload: [UInt8]) {
    let found = protections.last {
      time >= $0.since && ($0.user, $0.proxy) == (source, destination)
        || time >= $0.since && ($0.proxy, $0.user) == (source, destination)
    }
    guard let found else { return (protocolNumber, payload) }
    let isFromUser = source == found.user
    let index = isFromUser ? found.proxyIndex : found.userIndex
    let sequence = sequences[index, default: 0] + 1
    sequences[index] = sequence
    guard found.mode != .transport else {
      return (
        50, found.payload(of: payload, nextHeader: protocolNumber, isFromUser: isFromUser, sequence: sequence)
      )
    }
    let inner =
      source.isV4
      ? PacketEncoder.version4(
        from: source, to: destination, protocolNumber: protocolNumber,
        identification: UInt16(truncatingIfNeeded: sequence), fragment: 0x4000, payload: payload[...])
      : PacketEncoder.version6(from: source, to: destination, nextHeader: protocolNumber, payload: payload[...])
    let bytes = found.payload(
      of: inner, nextHeader: source.isV4 ? 4 : 41, isFromUser: isFromUser, sequence: sequence)
    guard found.mode == .encapsulatedTunnel else { return (50, bytes) }
    let port: UInt16 = 4500
    return (
      TransportProtocol.udp.rawValue,
      PacketEncoder.userDatagram(
        from: Endpoint(address: source, port: port), to: Endpoint(address: destination, port: port), payload: bytes)
    )
  }

  private mutating func framesOfPacket(
    _ packet: [UInt8], from source: IPAddress, to destination: IPAddress
  ) -> [[UInt8]] {
    guard let tunnel, tunnel.inside.contains(source) || tunnel.inside.contains(destination) else {
      return [link.frame(packet: packet, from: source, to: destination)]
    }
    let isUplink = tunnel.inside.contains(source)
    let outerSource = isUplink ? tunnel.access : tunnel.gateway
    let outerDestination = isUplink ? tunnel.gateway : tunnel.access
    let user = isUplink ? source : destination
    let endpoint = UInt32(truncatingIfNeeded: user.low) & 0xffff | (isUplink ? 0x0001_0000 : 0x0002_0000)
    let bytes = PacketEncoder.userDatagram(
      from: Endpoint(address: outerSource, port: PacketEncoder.gtpUserPort),
      to: Endpoint(address: outerDestination, port: PacketEncoder.gtpUserPort),
      payload: PacketTunnel.userPacket(packet, tunnelEndpoint: endpoint))
    return packets(
      from: outerSource, to: outerDestination, protocolNumber: TransportProtocol.udp.rawValue, payload: bytes
    ).map { link.frame(packet: $0, from: outerSource, to: outerDestination) }
  }

  /// The IP packets of one payload: one, or its fragments (RFC 791 section 2.3, RFC 8200 section 4.5).
  private mutating func packets(
    from source: IPAddress, to destination: IPAddress, protocolNumber: UInt8, payload: [UInt8]
  ) -> [[UInt8]] {
    let identification = nextIdentification[source, default: UInt16(truncatingIfNeeded: source.low &* 40503)] &+ 1
    nextIdentification[source] = identification
    let headerLength = source.isV4 ? 20 : 40
    let whole = PacketEncoder.maximumTransmissionUnit - headerLength
    guard payload.count > whole else {
      return [
        source.isV4
          ? PacketEncoder.version4(
            from: source, to: destination, protocolNumber: protocolNumber, identification: identification,
            fragment: 0x4000, payload: payload[...])
          : PacketEncoder.version6(
            from: source, to: destination, nextHeader: protocolNumber, payload: payload[...])
      ]
    }
    let unit = (source.isV4 ? whole : whole - 8) & ~7
    return stride(from: 0, to: payload.count, by: unit).map { offset in
      let end = min(offset + unit, payload.count)
      let more: UInt16 = end < payload.count ? 1 : 0
      guard !source.isV4 else {
        return PacketEncoder.version4(
          from: source, to: destination, protocolNumber: protocolNumber, identification: identification,
          fragment: UInt16(offset / 8) | more << 13, payload: payload[offset..<end])
      }
      var part: [UInt8] = [protocolNumber, 0]
      part.append(bigEndian: UInt16(offset) | more)
      part.append(bigEndian: UInt32(identification))
      part += payload[offset..<end]
      return PacketEncoder.version6(from: source, to: destination, nextHeader: 44, payload: part[...])
    }
  }

  /// The UDP header with its checksum, and the payload.
  static func userDatagram(from source: Endpoint, to destination: Endpoint, payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(payload.count + 8)
    bytes.append(bigEndian: source.port)
    bytes.append(bigEndian: destination.port)
    bytes.append(bigEndian: UInt16(payload.count + 8))
    bytes.append(bigEndian: UInt16(0))
    bytes += payload
    var checksum = InternetChecksum()
    checksum.addPseudoHeader(
      source: source.address, destination: destination.address, protocolNumber: TransportProtocol.udp.rawValue,
      length: bytes.count)
    checksum.add(bytes)
    // RFC 768: zero means that there is none.
    bytes.replace(at: 6, bigEndian: checksum.value == 0 ? 0xffff : checksum.value)
    return bytes
  }

  /// An IPv4 packet; `fragment` is the field of flags and fragment offset (RFC 791 section 3.1).
  static func version4(
    from source: IPAddress, to destination: IPAddress, protocolNumber: UInt8, identification: UInt16,
    fragment: UInt16, payload: ArraySlice<UInt8>
  ) -> [UInt8] {
    var header: [UInt8] = [0x45, 0]
    header.append(bigEndian: UInt16(20 + payload.count))
    header.append(bigEndian: identification)
    header.append(bigEndian: fragment)
    header += [64, protocolNumber, 0, 0]
    header.append(address: source)
    header.append(address: destination)
    var checksum = InternetChecksum()
    checksum.add(header)
    header.replace(at: 10, bigEndian: checksum.value)
    return header + payload
  }

  /// An IPv6 packet without extension headers but those in `payload` (RFC 8200 section 3).
  static func version6(
    from source: IPAddress, to destination: IPAddress, nextHeader: UInt8, payload: ArraySlice<UInt8>
  ) -> [UInt8] {
    var header: [UInt8] = []
    header.append(bigEndian: UInt32(0x6000_0000))
    header.append(bigEndian: UInt16(payload.count))
    header += [nextHeader, 64]
    header.append(address: source)
    header.append(address: destination)
    return header + payload
  }
}
