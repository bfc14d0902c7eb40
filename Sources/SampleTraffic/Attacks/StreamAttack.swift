import CaptureFacts

/// Captures made to exhaust whoever reassembles streams: the same packets whatever the machine, as many as asked for.
public enum StreamAttack: String, CaseIterable, Sendable {
  /// Connection requests, each of another client, that nobody answers.
  case halfOpen = "half_open"
  /// Connections with a message begun, each of another client, that goes no further.
  case begunMessages = "begun_messages"
  /// Connections that lost their first byte and then carry full segments: everything waits.
  case giantWindows = "giant_windows"
  /// SIP messages whose bytes come one in a segment.
  case oneByteSegments = "one_byte_segments"
  /// SCTP packets of 16,000 chunks of four bytes each.
  case manyChunks = "many_chunks"
  /// SCTP fragments of messages that never end, each association of another client.
  case endlessFragments = "endless_fragments"
  /// Each packet with identifiers of its own, chosen to meet in one place of a table.
  case chosenKeys = "chosen_keys"

  /// What it is, in words.
  public var summary: String {
    switch self {
    case .halfOpen: "TCP connection requests that nobody answers"
    case .begunMessages: "SIP messages that never end, each on a TCP connection of its own"
    case .giantWindows: "full TCP segments behind a hole, in 200 connections"
    case .oneByteSegments: "TCP segments of one byte"
    case .manyChunks: "SCTP packets of 16,000 chunks"
    case .endlessFragments: "SCTP fragments of messages that never end"
    case .chosenKeys: "SIP, Diameter, TCP, SCTP, ESP, RTP and fragments whose identifiers differ in high bits alone"
    }
  }

  /// How many associations and connections those attacks use that fill a few: enough to reach every bound.
  private static let fewStreams = 200

  /// A file for the packets: they have no link header.
  public static var emptyFile: CaptureFileWriter { CaptureFileWriter(format: .pcap, linkType: LinkType(rawValue: 101)) }

  /// Gives `count` packets to `write`, each with its time in nanoseconds since the epoch; the link type is raw IP.
  public func write(packets count: Int, to write: ([UInt8], Timestamp) throws -> Void) rethrows {
    for number in 0..<count {
      // 100,000 packets in a second of packet time.
      let time = Timestamp(nanoseconds: Stage.epoch + Int64(number) * 10_000)
      try write(packet(number), time)
    }
  }

  private func packet(_ number: Int) -> [UInt8] {
    switch self {
    case .halfOpen:
      return StreamAttack.segment(stream: number, sequence: 1, flags: 2, [])
    case .begunMessages:
      return StreamAttack.segment(stream: number, sequence: 1, Array("INVITE sip:a@ims.example SIP/2.0\r\n".utf8))
    case .giantWindows:
      let (round, stream) = number.quotientAndRemainder(dividingBy: StreamAttack.fewStreams)
      if round == 0 { return StreamAttack.segment(stream: stream, sequence: 0, flags: 2, []) }
      return StreamAttack.segment(
        stream: stream, sequence: UInt32(truncatingIfNeeded: 2 + (round - 1) * 1400),
        [UInt8](repeating: UInt8(ascii: "x"), count: 1400))
    case .oneByteSegments:
      let body = 200_000
      let header = Array("INVITE sip:a@ims.example SIP/2.0\r\nContent-Length: \(body)\r\n\r\n".utf8)
      let place = number % (header.count + body)
      let byte = place < header.count ? header[place] : UInt8(ascii: "a")
      return StreamAttack.segment(stream: 0, sequence: UInt32(truncatingIfNeeded: number), [byte])
    case .manyChunks:
      return StreamAttack.chunks(stream: 0, (0..<16_000).flatMap { _ in [11, 0, 0, 4] as [UInt8] })
    case .endlessFragments:
      let (round, stream) = number.quotientAndRemainder(dividingBy: StreamAttack.fewStreams)
      var chunk: [UInt8] = [0, round == 0 ? 2 : 0]
      chunk.append(bigEndian: UInt16(16 + 1000))
      chunk.append(bigEndian: UInt32(truncatingIfNeeded: round))
      chunk.append(bigEndian: UInt32(0))
      chunk.append(bigEndian: UInt32(46))
      return StreamAttack.chunks(stream: stream, chunk + [UInt8](repeating: 0, count: 1000))
    case .chosenKeys:
      return ChosenKeys.packet(number)
    }
  }

  private static let server = IPAddress(v4: 0x0a32_000a)

  /// A client of its own for each stream.
  private static func client(_ stream: Int) -> Endpoint {
    Endpoint(address: IPAddress(v4: 0x0b00_0000 + UInt32(stream & 0xff_ffff)), port: UInt16(1024 + stream & 0x3fff))
  }

  private static func segment(stream: Int, sequence: UInt32, flags: UInt8 = 0x10, _ payload: [UInt8]) -> [UInt8] {
    let client = client(stream)
    var bytes: [UInt8] = []
    bytes.append(bigEndian: client.port)
    bytes.append(bigEndian: UInt16(5060))
    bytes.append(bigEndian: sequence)
    bytes.append(bigEndian: UInt32(0))
    bytes += [0x50, flags, 0xff, 0xff, 0, 0, 0, 0]
    return PacketEncoder.version4(
      from: client.address, to: server, protocolNumber: TransportProtocol.tcp.rawValue, identification: 0,
      fragment: 0x4000, payload: (bytes + payload)[...])
  }

  private static func chunks(stream: Int, _ chunks: [UInt8]) -> [UInt8] {
    let client = client(stream)
    var bytes: [UInt8] = []
    bytes.append(bigEndian: client.port)
    bytes.append(bigEndian: UInt16(3868))
    bytes.append(bigEndian: UInt32(7))
    bytes += [0, 0, 0, 0]
    return PacketEncoder.version4(
      from: client.address, to: server, protocolNumber: TransportProtocol.sctp.rawValue, identification: 0,
      fragment: 0x4000, payload: (bytes + chunks)[...])
  }
}
