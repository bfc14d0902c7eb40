import CaptureFacts

/// One TCP connection as both ends write it (RFC 9293): sequence numbers, handshake, segments, acknowledgements.
struct TCPConnection {
  /// Payload bytes of one full segment: 1500 less 20 of IPv4 or 40 of IPv6 and 20 of TCP.
  static let maximumSegmentSize = 1440

  enum Flag {
    static let finish: UInt8 = 0x01
    static let synchronize: UInt8 = 0x02
    static let reset: UInt8 = 0x04
    static let push: UInt8 = 0x08
    static let acknowledge: UInt8 = 0x10
  }

  let client: Endpoint
  let server: Endpoint
  var isOpen = false
  /// The time of the latest packet in nanoseconds: packets of one connection never go back.
  var latest: Int64 = 0
  private var clientSequence: UInt32
  private var serverSequence: UInt32

  init(client: Endpoint, server: Endpoint, initialSequences: (UInt32, UInt32)) {
    self.client = client
    self.server = server
    (clientSequence, serverSequence) = initialSequences
  }

  /// The sequence number that the next byte of this direction takes.
  func sequence(fromClient: Bool) -> UInt32 {
    fromClient ? clientSequence : serverSequence
  }

  /// A segment at a given place of the stream; the acknowledgement number covers all that the other end has sent.
  func segment(
    fromClient: Bool, flags: UInt8, sequence: UInt32, payload: ArraySlice<UInt8> = []
  ) -> [UInt8] {
    let source = fromClient ? client : server
    let destination = fromClient ? server : client
    let isSynchronize = flags & Flag.synchronize != 0
    var bytes: [UInt8] = []
    bytes.append(bigEndian: source.port)
    bytes.append(bigEndian: destination.port)
    bytes.append(bigEndian: sequence)
    bytes.append(
      bigEndian: flags & Flag.acknowledge != 0 ? (fromClient ? serverSequence : clientSequence) : UInt32(0))
    bytes += [isSynchronize ? 0x60 : 0x50, flags]
    bytes.append(bigEndian: UInt16(64240))
    bytes += [0, 0, 0, 0]
    if isSynchronize {
      bytes += [2, 4]
      bytes.append(bigEndian: UInt16(TCPConnection.maximumSegmentSize))
    }
    bytes += payload
    var checksum = InternetChecksum()
    checksum.addPseudoHeader(
      source: source.address, destination: destination.address, protocolNumber: TransportProtocol.tcp.rawValue,
      length: bytes.count)
    checksum.add(bytes)
    bytes.replace(at: 16, bigEndian: checksum.value)
    return bytes
  }

  /// The three segments of the handshake.
  mutating func openingSegments() -> [(fromClient: Bool, bytes: [UInt8])] {
    isOpen = true
    let synchronize = segment(fromClient: true, flags: Flag.synchronize, sequence: clientSequence)
    clientSequence &+= 1
    let answer = segment(
      fromClient: false, flags: Flag.synchronize | Flag.acknowledge, sequence: serverSequence)
    serverSequence &+= 1
    return [
      (true, synchronize), (false, answer),
      (true, segment(fromClient: true, flags: Flag.acknowledge, sequence: clientSequence)),
    ]
  }

  /// The segments of `payload`, each with the range of the payload that it carries; the sequence moves on.
  mutating func dataSegments(
    fromClient: Bool, payload: [UInt8], segmentSize: Int
  ) -> [(range: Range<Int>, bytes: [UInt8])] {
    let first = sequence(fromClient: fromClient)
    let segments = stride(from: 0, to: payload.count, by: segmentSize).map { start in
      let range = start..<min(start + segmentSize, payload.count)
      let isLast = range.upperBound == payload.count
      let bytes = segment(
        fromClient: fromClient, flags: Flag.acknowledge | (isLast ? Flag.push : 0),
        sequence: first &+ UInt32(start), payload: payload[range])
      return (range, bytes)
    }
    if fromClient { clientSequence &+= UInt32(payload.count) } else { serverSequence &+= UInt32(payload.count) }
    return segments
  }

  /// A pure acknowledgement of all that the other end has sent.
  func acknowledgement(fromClient: Bool) -> [UInt8] {
    segment(fromClient: fromClient, flags: Flag.acknowledge, sequence: sequence(fromClient: fromClient))
  }

  /// A reset by the server to a connection request that it does not accept (RFC 9293 section 3.5.2).
  mutating func refusingSegments() -> [(fromClient: Bool, bytes: [UInt8])] {
    let synchronize = segment(fromClient: true, flags: Flag.synchronize, sequence: clientSequence)
    clientSequence &+= 1
    return [
      (true, synchronize),
      (false, segment(fromClient: false, flags: Flag.reset | Flag.acknowledge, sequence: 0)),
    ]
  }

  /// The segments of an orderly close begun by the client.
  mutating func closingSegments() -> [(fromClient: Bool, bytes: [UInt8])] {
    isOpen = false
    let finish = segment(
      fromClient: true, flags: Flag.finish | Flag.acknowledge, sequence: clientSequence)
    clientSequence &+= 1
    let answer = segment(
      fromClient: false, flags: Flag.finish | Flag.acknowledge, sequence: serverSequence)
    serverSequence &+= 1
    return [(true, finish), (false, answer), (true, acknowledgement(fromClient: true))]
  }
}
