import CaptureFacts

/// Turns transmissions, in order of time, into packets: it opens connections where they are first used, numbers
/// their bytes, cuts, acknowledges.
struct WireEncoder {
  /// Both ends of a connection, whichever sends.
  private struct ConnectionKey: Hashable {
    var client: Endpoint
    var server: Endpoint
    var transport: TransportProtocol
  }

  /// Nanoseconds from a packet to the next of the same burst.
  private static let burstSpacing: Int64 = 2_000

  /// Nanoseconds for a packet to be answered by the transport of the other end.
  private static let turnaround: Int64 = 40_000

  private var encoder: PacketEncoder
  private var random: SeededGenerator
  private let alternates: [IPAddress: [IPAddress]]
  private var connections: [ConnectionKey: TCPConnection] = [:]
  private var webSockets: [ConnectionKey: WebSocketConnection] = [:]
  private var associations: [ConnectionKey: SCTPAssociation] = [:]
  private(set) var packets: [WirePacket] = []

  /// `alternates` are the further addresses of multi-homed nodes, by their first.
  init(
    link: LinkEncapsulation, tunnel: PacketTunnel?, protections: [AccessProtection],
    alternates: [IPAddress: [IPAddress]], seed: UInt64
  ) {
    encoder = PacketEncoder(link: link, tunnel: tunnel, protections: protections)
    random = SeededGenerator(seed: seed)
    self.alternates = alternates
  }

  /// Encodes one transmission; they must come in order of time.
  mutating func encode(_ transmission: Transmission) {
    encoder.time = transmission.time
    switch (transmission.content, transmission.transport) {
    case (.messages(let messages), .udp):
      for message in messages {
        emitDatagram(transmission, payload: message.bytes, messages: [message.index])
      }
    case (.messages(let messages), .tcp): encodeSegments(transmission, messages: messages)
    case (.messages(let messages), .sctp): encodeChunks(transmission, messages: messages)
    case (.messages(let messages), .webSocket): encodeFrames(transmission, messages: messages)
    case (.datagram(let payload), _): emitDatagram(transmission, payload: payload, messages: [])
    case (.stream(let bytes), _):
      encodeSegments(transmission, messages: [Transmission.Message(index: -1, bytes: bytes)])
    case (.unansweredConnection(let attempts), _): encodeUnansweredConnection(transmission, attempts: attempts)
    case (.refusedConnection, _):
      var connection = newConnection(client: transmission.from, server: transmission.to)
      connection.latest = transmission.time
      emit(connection.refusingSegments(), of: &connection)
    case (.portUnreachable(let payload), _): encodeUnreachable(transmission, payload: payload)
    case (.close, _):
      let key = key(of: transmission)
      guard var connection = connections[key], connection.isOpen else { return }
      connection.latest = max(connection.latest, transmission.time)
      emit(connection.closingSegments(), of: &connection)
      connections[key] = nil
    }
  }

  private func key(of transmission: Transmission) -> ConnectionKey {
    ConnectionKey(
      client: transmission.isFromClient ? transmission.from : transmission.to,
      server: transmission.isFromClient ? transmission.to : transmission.from, transport: transmission.transport)
  }

  private mutating func newConnection(client: Endpoint, server: Endpoint) -> TCPConnection {
    let sequences = random.next()
    return TCPConnection(
      client: client, server: server,
      initialSequences: (UInt32(truncatingIfNeeded: sequences), UInt32(truncatingIfNeeded: sequences >> 32)))
  }

  private mutating func emitDatagram(_ transmission: Transmission, payload: [UInt8], messages: [Int]) {
    let frames = encoder.datagram(from: transmission.from, to: transmission.to, payload: payload)
    for (index, frame) in frames.enumerated() {
      packets.append(
        WirePacket(
          time: transmission.time + Int64(index) * WireEncoder.burstSpacing, from: transmission.from.address,
          to: transmission.to.address, frame: frame, messages: messages, isObservedAgainInCopies: true))
    }
  }

  private mutating func emitSegment(
    _ segment: [UInt8], of connection: TCPConnection, fromClient: Bool, time: Int64, messages: [Int] = [],
    isRepetition: Bool = false
  ) {
    let source = (fromClient ? connection.client : connection.server).address
    let destination = (fromClient ? connection.server : connection.client).address
    for frame in encoder.frames(
      from: source, to: destination, protocolNumber: TransportProtocol.tcp.rawValue, payload: segment)
    {
      packets.append(
        WirePacket(
          time: time, from: source, to: destination, frame: frame, messages: messages,
          isRepetition: isRepetition))
    }
  }

  private mutating func emit(_ segments: [(fromClient: Bool, bytes: [UInt8])], of connection: inout TCPConnection) {
    for segment in segments {
      emitSegment(segment.bytes, of: connection, fromClient: segment.fromClient, time: connection.latest)
      connection.latest += WireEncoder.turnaround
    }
  }

  private mutating func encodeSegments(_ transmission: Transmission, messages: [Transmission.Message]) {
    let key = key(of: transmission)
    var connection = connections[key] ?? newConnection(client: key.client, server: key.server)
    connection.latest = max(connection.latest + WireEncoder.burstSpacing, transmission.time)
    if !connection.isOpen { emit(connection.openingSegments(), of: &connection) }
    var segmentSize = TCPConnection.maximumSegmentSize - (key.client.address.isV4 ? 0 : 20)
    if case .segmented(let size) = transmission.manner { segmentSize = size }
    let payload = messages.flatMap(\.bytes)
    var segments = connection.dataSegments(
      fromClient: transmission.isFromClient, payload: payload, segmentSize: segmentSize)
    if case .outOfOrder = transmission.manner, segments.count >= 2 {
      segments.swapAt(segments.count - 1, segments.count - 2)
    }
    let first = segments.first
    for segment in segments {
      emitSegment(
        segment.bytes, of: connection, fromClient: transmission.isFromClient, time: connection.latest,
        messages: WireEncoder.messages(messages, in: segment.range))
      connection.latest += WireEncoder.burstSpacing
    }
    connection.latest += WireEncoder.turnaround - WireEncoder.burstSpacing
    emitSegment(
      connection.acknowledgement(fromClient: !transmission.isFromClient), of: connection,
      fromClient: !transmission.isFromClient, time: connection.latest)
    if case .repeatedSegment = transmission.manner, let first {
      emitSegment(
        first.bytes, of: connection, fromClient: transmission.isFromClient, time: connection.latest + 200_000_000,
        messages: WireEncoder.messages(messages, in: first.range), isRepetition: true)
    }
    connections[key] = connection
  }

  /// Messages in WebSocket frames; the first on a connection comes after the upgrade.
  private mutating func encodeFrames(_ transmission: Transmission, messages: [Transmission.Message]) {
    let key = key(of: transmission)
    if webSockets[key] == nil {
      var webSocket = WebSocketConnection()
      var opening = transmission
      for (isFromClient, bytes) in webSocket.upgrade(to: key.server, using: &random) {
        opening.isFromClient = isFromClient
        opening.from = isFromClient ? key.client : key.server
        opening.to = isFromClient ? key.server : key.client
        encodeSegments(opening, messages: [Transmission.Message(index: -1, bytes: bytes)])
      }
      webSockets[key] = webSocket
    }
    let framed = messages.map { message in
      Transmission.Message(
        index: message.index,
        bytes: webSockets[key]?.frames(of: message.bytes, isFromClient: transmission.isFromClient, using: &random) ?? []
      )
    }
    encodeSegments(transmission, messages: framed)
  }

  /// The messages that have bytes in `range` of all their bytes together.
  private static func messages(_ messages: [Transmission.Message], in range: Range<Int>) -> [Int] {
    var start = 0
    return messages.compactMap { message in
      defer { start += message.bytes.count }
      return message.index >= 0 && (start..<start + message.bytes.count).overlaps(range) ? message.index : nil
    }
  }

  private mutating func encodeUnansweredConnection(_ transmission: Transmission, attempts: Int) {
    let connection = newConnection(client: transmission.from, server: transmission.to)
    let segment = connection.segment(
      fromClient: true, flags: TCPConnection.Flag.synchronize, sequence: connection.sequence(fromClient: true))
    var time = transmission.time
    var interval: Int64 = 1_000_000_000
    for _ in 0..<attempts {
      emitSegment(segment, of: connection, fromClient: true, time: time)
      time += interval
      interval *= 2
    }
  }

  private mutating func emitPacket(
    _ bytes: [UInt8], of association: SCTPAssociation, fromClient: Bool, time: Int64, messages: [Int] = [],
    alternate: Bool = false
  ) {
    let near = fromClient ? association.client.address : association.server.address
    let far = fromClient ? association.server.address : association.client.address
    let source = alternate ? alternates[near]?.first ?? near : near
    let destination = alternate ? alternates[far]?.first ?? far : far
    for frame in encoder.frames(
      from: source, to: destination, protocolNumber: TransportProtocol.sctp.rawValue, payload: bytes)
    {
      packets.append(WirePacket(time: time, from: source, to: destination, frame: frame, messages: messages))
    }
  }

  private mutating func encodeChunks(_ transmission: Transmission, messages: [Transmission.Message]) {
    let key = key(of: transmission)
    var association =
      associations[key]
      ?? SCTPAssociation(
        client: key.client, server: key.server, clientAlternates: alternates[key.client.address] ?? [],
        serverAlternates: alternates[key.server.address] ?? [], using: &random)
    association.latest = max(association.latest + WireEncoder.burstSpacing, transmission.time)
    if !association.isOpen {
      for packet in association.openingPackets() {
        emitPacket(packet.bytes, of: association, fromClient: packet.fromClient, time: association.latest)
        association.latest += WireEncoder.turnaround
      }
    }
    var chunks: [SCTPAssociation.Chunk] = []
    for message in messages {
      chunks += association.dataChunks(
        fromClient: transmission.isFromClient, message: message.index, payload: message.bytes,
        chunkSize: SCTPAssociation.maximumChunkPayload)
    }
    let isMultiHomed = !association.clientAlternates.isEmpty && !association.serverAlternates.isEmpty
    var next = 0
    while next < chunks.count {
      // A SACK rides in front of the data, as both the kernel's and the user-land implementation send it.
      var bytes =
        association.packetsSent > 0 ? association.acknowledgementChunk(fromClient: transmission.isFromClient) : []
      var carried: [Int] = []
      repeat {
        bytes += chunks[next].bytes
        if carried.last != chunks[next].message { carried.append(chunks[next].message) }
        next += 1
      } while next < chunks.count && bytes.count + chunks[next].bytes.count <= 1460
      emitPacket(
        association.packet(fromClient: transmission.isFromClient, chunks: bytes), of: association,
        fromClient: transmission.isFromClient, time: association.latest, messages: carried,
        alternate: isMultiHomed && association.packetsSent % 3 == 2)
      association.latest += WireEncoder.burstSpacing
      association.packetsSent += 1
    }
    association.latest += WireEncoder.turnaround
    emitPacket(
      association.packet(
        fromClient: !transmission.isFromClient,
        chunks: association.acknowledgementChunk(fromClient: !transmission.isFromClient)),
      of: association, fromClient: !transmission.isFromClient, time: association.latest)
    associations[key] = association
  }

  private mutating func encodeUnreachable(_ transmission: Transmission, payload: [UInt8]) {
    // RFC 792: type 3 code 3, quoting the IP header and the beginning of what could not be delivered, here the
    // datagram that went from `to` to `from`.
    var quoted: [UInt8] = []
    quoted.append(bigEndian: transmission.to.port)
    quoted.append(bigEndian: transmission.from.port)
    quoted.append(bigEndian: UInt16(payload.count + 8))
    quoted.append(bigEndian: UInt16(0))
    quoted += payload
    var header = PacketEncoder.version4(
      from: transmission.to.address, to: transmission.from.address,
      protocolNumber: TransportProtocol.udp.rawValue, identification: 0x4242, fragment: 0x4000, payload: quoted[...])
    header = Array(header.prefix(20 + 8 + 520))
    var bytes: [UInt8] = [3, 3, 0, 0, 0, 0, 0, 0]
    bytes += header
    var checksum = InternetChecksum()
    checksum.add(bytes)
    bytes.replace(at: 2, bigEndian: checksum.value)
    for frame in encoder.frames(
      from: transmission.from.address, to: transmission.to.address, protocolNumber: 1, payload: bytes)
    {
      packets.append(
        WirePacket(
          time: transmission.time, from: transmission.from.address, to: transmission.to.address, frame: frame))
    }
  }
}
