import CaptureFacts

@testable import SampleTraffic

/// Writes SCTP packets to a capture file, chunk by chunk, as two hosts with two addresses each would (RFC 9260).
struct SCTPScript {
  /// Which end sends.
  enum End {
    case client
    case server
  }

  static let clientPort: UInt16 = 36_001
  static let addresses: [(client: IPAddress, server: IPAddress)] = [
    (IPAddress(v4: 0x0a0a_0001), IPAddress(v4: 0x0a0a_0002)), (IPAddress(v4: 0x0a0b_0001), IPAddress(v4: 0x0a0b_0002)),
  ]

  /// Nanoseconds since the epoch of the next packet.
  var time: Int64 = 1_772_352_000_000_000_000
  /// The tags that the ends chose: packets to them carry theirs.
  var clientTag: UInt32 = 0x1111_0001
  var serverTag: UInt32 = 0x2222_0001
  /// The TSNs to come.
  var clientNumber: UInt32 = 1000
  var serverNumber: UInt32 = 5000
  var serverPort: UInt16 = 3868
  private(set) var frames = 0
  private var file = CaptureFileWriter(format: .pcap, linkType: LinkType(rawValue: 101))

  var bytes: [UInt8] { file.bytes }

  mutating func wait(seconds: Double) {
    time += Int64(seconds * 1e9)
  }

  /// Writes one packet, a millisecond after the last. `isZeroTagged` for INIT; `isDamaged` for one with a wrong checksum.
  mutating func send(
    _ end: End, path: Int = 0, isZeroTagged: Bool = false, isDamaged: Bool = false, _ chunks: [UInt8]...
  ) {
    send(end, path: path, isZeroTagged: isZeroTagged, isDamaged: isDamaged, chunks)
  }

  mutating func send(
    _ end: End, path: Int = 0, isZeroTagged: Bool = false, isDamaged: Bool = false, _ chunks: [[UInt8]]
  ) {
    let isClient = end == .client
    var packet: [UInt8] = []
    packet.append(bigEndian: isClient ? SCTPScript.clientPort : serverPort)
    packet.append(bigEndian: isClient ? serverPort : SCTPScript.clientPort)
    packet.append(bigEndian: isZeroTagged ? 0 : isClient ? serverTag : clientTag)
    packet += [0, 0, 0, 0]
    for chunk in chunks { packet += chunk }
    var checksum: [UInt8] = []
    checksum.append(littleEndian: CRC32C.value(of: packet) ^ (isDamaged ? 1 : 0))
    packet.replaceSubrange(8..<12, with: checksum)
    let (client, server) = SCTPScript.addresses[path]
    frames += 1
    file.append(
      PacketEncoder.version4(
        from: isClient ? client : server, to: isClient ? server : client, protocolNumber: 132,
        identification: UInt16(truncatingIfNeeded: frames), fragment: 0, payload: packet[...]),
      at: Timestamp(nanoseconds: time))
    time += 1_000_000
  }

  // MARK: - Chunks

  static func chunk(_ type: UInt8, flags: UInt8 = 0, _ value: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [type, flags]
    bytes.append(bigEndian: UInt16(4 + value.count))
    bytes += value
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
  }

  /// INIT (1) or INIT ACK (2), with a State Cookie in the latter and the addresses of all paths where they are given.
  static func initiation(_ type: UInt8, tag: UInt32, first: UInt32, addresses: [IPAddress] = []) -> [UInt8] {
    var value: [UInt8] = []
    value.append(bigEndian: tag)
    value.append(bigEndian: UInt32(106_496))
    value.append(bigEndian: UInt16(10))
    value.append(bigEndian: UInt16(10))
    value.append(bigEndian: first)
    for address in addresses {
      value += [0, 5, 0, 8]
      value.append(address: address)
    }
    if type == 2 { value += [0, 7, 0, 8, 1, 2, 3, 4] }
    return chunk(type, value)
  }

  /// DATA; flags 1 for the last fragment, 2 for the first, 4 for unordered.
  static func data(
    _ number: UInt32, _ payload: some Collection<UInt8>, stream: UInt16 = 0, sequence: UInt16 = 0,
    identifier: UInt32 = 46, flags: UInt8 = 3
  ) -> [UInt8] {
    var value: [UInt8] = []
    value.append(bigEndian: number)
    value.append(bigEndian: stream)
    value.append(bigEndian: sequence)
    value.append(bigEndian: identifier)
    return chunk(0, flags: flags, value + payload)
  }

  /// I-DATA (RFC 8260 section 2.1): the identifier stands in the first fragment, the number of the fragment in others.
  static func interleavedData(
    _ number: UInt32, _ payload: some Collection<UInt8>, stream: UInt16 = 0, message: UInt32, fragment: UInt32 = 0,
    identifier: UInt32 = 46, flags: UInt8 = 3
  ) -> [UInt8] {
    var value: [UInt8] = []
    value.append(bigEndian: number)
    value.append(bigEndian: stream)
    value.append(bigEndian: UInt16(0))
    value.append(bigEndian: message)
    value.append(bigEndian: flags & 2 != 0 ? identifier : fragment)
    return chunk(64, flags: flags, value + payload)
  }

  static func selectiveAcknowledgment(_ number: UInt32) -> [UInt8] {
    var value: [UInt8] = []
    value.append(bigEndian: number)
    value.append(bigEndian: UInt32(106_496))
    return chunk(3, value + [0, 0, 0, 0])
  }

  /// HEARTBEAT (4) or HEARTBEAT ACK (5).
  static func heartbeat(_ type: UInt8, _ content: UInt32) -> [UInt8] {
    var value: [UInt8] = [0, 1, 0, 8]
    value.append(bigEndian: content)
    return chunk(type, value)
  }

  /// ABORT with a cause.
  static func abort(cause: UInt16) -> [UInt8] {
    var value: [UInt8] = []
    value.append(bigEndian: cause)
    return chunk(6, value + [0, 4])
  }

  /// ASCONF with one address added (RFC 5061 sections 4.1.1 and 4.2.1).
  static func addressConfiguration(of sender: IPAddress, adding address: IPAddress) -> [UInt8] {
    var value: [UInt8] = [0, 0, 0, 1, 0, 5, 0, 8]
    value.append(address: sender)
    value += [0xc0, 0x01, 0, 16, 0, 0, 0, 7, 0, 5, 0, 8]
    value.append(address: address)
    return chunk(0xc1, value)
  }

  // MARK: - What both ends do

  /// The four packets that open the association.
  mutating func handshake(isMultiHomed: Bool = false) {
    let clients = isMultiHomed ? SCTPScript.addresses.map(\.client) : []
    let servers = isMultiHomed ? SCTPScript.addresses.map(\.server) : []
    send(
      .client, isZeroTagged: true,
      SCTPScript.initiation(1, tag: clientTag, first: clientNumber, addresses: clients))
    send(.server, SCTPScript.initiation(2, tag: serverTag, first: serverNumber, addresses: servers))
    send(.client, SCTPScript.chunk(10, [1, 2, 3, 4]))
    send(.server, SCTPScript.chunk(11, []))
  }

  /// A handshake, then `count` messages with these AVPs, all in one packet.
  mutating func sendBundle(_ count: UInt32, pairs: [AttributeValuePair]) {
    handshake()
    send(
      .client,
      (0..<count).map { number -> [UInt8] in
        let message = DiameterText(
          command: 280, application: 0, isRequest: true, hopByHop: number + 1, endToEnd: number + 1, pairs: pairs)
        return SCTPScript.data(clientNumber + number, message.bytes, sequence: UInt16(number))
      })
  }

  /// One message in one chunk, and the acknowledgment.
  mutating func message(_ end: End, _ payload: [UInt8], path: Int = 0, identifier: UInt32 = 46) {
    let number = end == .client ? clientNumber : serverNumber
    send(end, path: path, SCTPScript.data(number, payload, identifier: identifier))
    if end == .client { clientNumber &+= 1 } else { serverNumber &+= 1 }
    send(end == .client ? .server : .client, path: path, SCTPScript.selectiveAcknowledgment(number))
  }
}
