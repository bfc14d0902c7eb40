import CaptureFacts

/// One SCTP association as both ends write it (RFC 9260): handshake, DATA chunks, acknowledgements.
struct SCTPAssociation {
  /// User bytes of one full DATA chunk, so that the packet stays within the maximum transmission unit.
  static let maximumChunkPayload = 1400

  /// The payload protocol of Diameter in clear (RFC 6733 section 13.1).
  static let diameterPayloadProtocol: UInt32 = 46

  /// One part of a user message.
  struct Chunk {
    /// The message, as the order number within the packet group.
    var message: Int
    /// The DATA chunk with its padding.
    var bytes: [UInt8]
  }

  let client: Endpoint
  let server: Endpoint
  /// Further addresses of each end (RFC 9260 section 6.4), announced in INIT and INIT ACK.
  let clientAlternates: [IPAddress]
  let serverAlternates: [IPAddress]
  var isOpen = false
  /// The time of the latest packet in nanoseconds.
  var latest: Int64 = 0
  /// How many data packets were sent; every third one of a multi-homed association takes the second path.
  var packetsSent = 0
  private let clientTag: UInt32
  private let serverTag: UInt32
  private var clientNumbers: (transmission: UInt32, stream: UInt16)
  private var serverNumbers: (transmission: UInt32, stream: UInt16)

  init(
    client: Endpoint, server: Endpoint, clientAlternates: [IPAddress], serverAlternates: [IPAddress],
    using random: inout SeededGenerator
  ) {
    self.client = client
    self.server = server
    self.clientAlternates = clientAlternates
    self.serverAlternates = serverAlternates
    clientTag = UInt32(truncatingIfNeeded: random.next()) | 1
    serverTag = UInt32(truncatingIfNeeded: random.next()) | 1
    clientNumbers = (UInt32(truncatingIfNeeded: random.next()), 0)
    serverNumbers = (UInt32(truncatingIfNeeded: random.next()), 0)
  }

  /// The four packets of the handshake (RFC 9260 section 5.1).
  mutating func openingPackets() -> [(fromClient: Bool, bytes: [UInt8])] {
    isOpen = true
    let cookie: [UInt8] = (0..<64).map { UInt8($0) ^ UInt8(truncatingIfNeeded: serverTag) }
    var stateCookie: [UInt8] = []
    stateCookie.append(bigEndian: UInt16(7))
    stateCookie.append(bigEndian: UInt16(4 + cookie.count))
    stateCookie += cookie
    let initiation = SCTPAssociation.chunk(
      type: 1, flags: 0,
      value: initiationValue(
        tag: clientTag, transmission: clientNumbers.transmission, addresses: [client.address] + clientAlternates))
    let answer = SCTPAssociation.chunk(
      type: 2, flags: 0,
      value: initiationValue(
        tag: serverTag, transmission: serverNumbers.transmission, addresses: [server.address] + serverAlternates)
        + stateCookie)
    return [
      (true, packet(fromClient: true, chunks: initiation, tag: 0)), (false, packet(fromClient: false, chunks: answer)),
      (true, packet(fromClient: true, chunks: SCTPAssociation.chunk(type: 10, flags: 0, value: cookie))),
      (false, packet(fromClient: false, chunks: SCTPAssociation.chunk(type: 11, flags: 0, value: []))),
    ]
  }

  /// The DATA chunks of one user message (RFC 9260 section 3.3.1); `message` is carried over into each.
  mutating func dataChunks(fromClient: Bool, message: Int, payload: [UInt8], chunkSize: Int) -> [Chunk] {
    var numbers = fromClient ? clientNumbers : serverNumbers
    defer {
      numbers.stream &+= 1
      if fromClient { clientNumbers = numbers } else { serverNumbers = numbers }
    }
    return stride(from: 0, to: payload.count, by: chunkSize).map { start in
      let end = min(start + chunkSize, payload.count)
      let flags: UInt8 = (start == 0 ? 2 : 0) | (end == payload.count ? 1 : 0)
      var value: [UInt8] = []
      value.append(bigEndian: numbers.transmission)
      value.append(bigEndian: UInt16(0))
      value.append(bigEndian: numbers.stream)
      value.append(bigEndian: SCTPAssociation.diameterPayloadProtocol)
      value += payload[start..<end]
      numbers.transmission &+= 1
      return Chunk(message: message, bytes: SCTPAssociation.chunk(type: 0, flags: flags, value: value))
    }
  }

  /// A SACK of all that the other end has sent (RFC 9260 section 3.3.4).
  func acknowledgementChunk(fromClient: Bool) -> [UInt8] {
    var value: [UInt8] = []
    value.append(bigEndian: (fromClient ? serverNumbers : clientNumbers).transmission &- 1)
    value.append(bigEndian: UInt32(106_496))
    value += [0, 0, 0, 0]
    return SCTPAssociation.chunk(type: 3, flags: 0, value: value)
  }

  /// The SCTP packet around `chunks` with its checksum.
  func packet(fromClient: Bool, chunks: [UInt8], tag: UInt32? = nil) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: fromClient ? client.port : server.port)
    bytes.append(bigEndian: fromClient ? server.port : client.port)
    bytes.append(bigEndian: tag ?? (fromClient ? serverTag : clientTag))
    bytes += [0, 0, 0, 0]
    bytes += chunks
    var checksum: [UInt8] = []
    checksum.append(littleEndian: CRC32C.value(of: bytes))
    bytes.replaceSubrange(8..<12, with: checksum)
    return bytes
  }

  private func initiationValue(tag: UInt32, transmission: UInt32, addresses: [IPAddress]) -> [UInt8] {
    var value: [UInt8] = []
    value.append(bigEndian: tag)
    value.append(bigEndian: UInt32(106_496))
    value.append(bigEndian: UInt16(10))
    value.append(bigEndian: UInt16(10))
    value.append(bigEndian: transmission)
    guard addresses.count > 1 else { return value }
    for address in addresses {
      value.append(bigEndian: UInt16(address.isV4 ? 5 : 6))
      value.append(bigEndian: UInt16(address.isV4 ? 8 : 20))
      value.append(address: address)
    }
    return value
  }

  private static func chunk(type: UInt8, flags: UInt8, value: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [type, flags]
    bytes.append(bigEndian: UInt16(4 + value.count))
    bytes += value
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
  }
}
