import ByteReading
import CaptureFacts
import PacketLayers

/// Zeroes secrets in packets, with lengths as they are and checksums as right as they were. What signalling packets carry
/// beside messages that were read is zeroed as well, for nobody knows what it is.
struct PacketRedaction {
  /// How many places in messages of SCTP are remembered for their next chunks; then anew.
  static let rememberedChunks = 1 << 16

  private let places: SecretPlaces
  private let decoder = PacketDecoder()
  private let repair = ChecksumRepair()
  private var continuations: [SecretPlaces.Chunk: (first: UInt32, offset: Int)] = [:]

  init(_ places: SecretPlaces) {
    self.places = places
  }

  /// Zeroes what is secret in `bytes`. What is media is left as it is.
  mutating func redact(
    _ bytes: inout [UInt8], linkType: LinkType, frame: FrameReference, time: Timestamp,
    besides media: MediaSpans
  ) {
    var anomalies = AnomalyLedger()
    guard let packet = decoder.decode(bytes.rawSpan, linkType: linkType, frame: frame, anomalies: &anomalies),
      places.datagrams[frame.number] != nil || !media.hold(packet, at: time)
    else { return }
    var page = RedactedBytes(bytes, payload: packet.payload)
    switch packet.content {
    case .datagram:
      for place in places.datagrams[frame.number] ?? []
      where place.flow.source == packet.source && place.flow.destination == packet.destination {
        page.reveal(place, at: packet.payload.lowerBound + Int(place.start))
      }
    case .segment(let header):
      reveal(segment: header, of: packet, at: time, in: &page)
    case .sctp:
      reveal(chunksOf: packet, bytes, at: time, in: &page)
    case .fragment(let header):
      reveal(fragment: header, of: packet, bytes, frame, in: &page)
    case .unreachable:
      // What it quotes is a header of IP, of forty bytes at most but for options, and the first eight bytes behind it.
      let length = packet.path.contains(.icmpv6) ? 48 : 28
      page.reveal(packet.payload.lowerBound..<packet.payload.lowerBound + length)
    case .encapsulatingSecurityPayload:
      page.reveal(packet.payload.lowerBound..<packet.payload.lowerBound + 8)
    case .other: break
    }
    var edits = page.zero(&bytes)
    // The secrets may lie in other fragments alone.
    if case .fragment(let header) = packet.content, header.offset == 0 {
      repairDatagram(of: header, packet, frame, &bytes, &edits)
    }
    guard !edits.isEmpty else { return }
    let headers = decoder.checksummedHeaders(in: bytes.rawSpan, linkType: linkType, frame: frame)
    let isWhole = packet.promisedPayloadLength <= packet.payload.count
    repair.repair(&bytes, edits, under: headers, isWhole: isWhole)
  }

  private func reveal(
    segment header: TCPSegmentHeader, of packet: DecodedPacket, at time: Timestamp, in page: inout RedactedBytes
  ) {
    let number = header.sequenceNumber
    for step in 0...(number & 0xffff &+ UInt32(clamping: packet.payload.count)) >> 16 {
      let part = SecretPlaces.StreamPart(
        source: packet.source, destination: packet.destination,
        part: UInt16(truncatingIfNeeded: number >> 16 &+ step))
      for place in places.segments[part] ?? [] where isNear(place, time) {
        page.reveal(place, at: packet.payload.lowerBound + Int(Int32(bitPattern: place.start &- number)))
      }
    }
  }

  /// RFC 9260 section 3.3.1: type, flags, length, TSN, stream, number and protocol before the data; RFC 8260 section 2.1 has
  /// four bytes more.
  private mutating func reveal(
    chunksOf packet: DecodedPacket, _ bytes: [UInt8], at time: Timestamp, in page: inout RedactedBytes
  ) {
    var offset = packet.payload.lowerBound
    while offset + 4 <= packet.payload.upperBound {
      let type = bytes[offset]
      let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
      guard length >= 4 else { return }
      let headerLength = type == 0 ? 16 : 20
      if type == 0 || type == 64, offset + headerLength <= packet.payload.upperBound {
        let number = bytes.rawSpan.bigEndianUInt32(at: offset + 4)
        page.reveal(offset..<offset + headerLength)
        reveal(
          data: offset + headerLength..<max(offset + headerLength, min(offset + length, packet.payload.upperBound)),
          flags: bytes[offset + 1], number, of: packet, at: time, in: &page)
      } else {
        page.reveal(offset..<min(offset + length, packet.payload.upperBound))
      }
      offset += (length + 3) & ~3
    }
  }

  private mutating func reveal(
    data: Range<Int>, flags: UInt8, _ number: UInt32, of packet: DecodedPacket, at time: Timestamp,
    in page: inout RedactedBytes
  ) {
    func chunk(_ number: UInt32) -> SecretPlaces.Chunk {
      SecretPlaces.Chunk(
        sourcePort: packet.source.port, destinationPort: packet.destination.port, number: number)
    }
    // B and E: the first and the last chunk of a message.
    let isFirst = flags & 2 != 0
    guard let part = isFirst ? (number, 0) : continuations[chunk(number)] else { return }
    if flags & 1 == 0 {
      if continuations.count >= PacketRedaction.rememberedChunks { continuations.removeAll(keepingCapacity: true) }
      continuations[chunk(number &+ 1)] = (part.0, part.1 + data.count)
    }
    for place in places.chunks[chunk(part.0)] ?? [] where isNear(place, time) {
      page.reveal(place, at: data.lowerBound + Int(place.start) - part.1, within: data)
    }
  }

  /// A datagram of UDP in fragments: the header, then the message.
  private func reveal(
    fragment header: IPFragmentHeader, of packet: DecodedPacket, _ bytes: [UInt8], _ frame: FrameReference,
    in page: inout RedactedBytes
  ) {
    let start = packet.payload.lowerBound - header.offset
    for place in fragmented(header, packet, bytes, frame) {
      page.reveal(start..<start + PacketRedaction.udpHeader)
      page.reveal(place, at: start + PacketRedaction.udpHeader + Int(place.start))
    }
  }

  /// The messages of which a fragment is a part. What is fragmented may be a tunnel around the packet of a message, whose
  /// content lies elsewhere: its ends are others, and its ports in the first fragment.
  private func fragmented(
    _ header: IPFragmentHeader, _ packet: DecodedPacket, _ bytes: [UInt8], _ frame: FrameReference
  ) -> [SecretPlaces.Place] {
    guard header.ipProtocol == PacketRedaction.udp else { return [] }
    return (places.datagrams[frame.number] ?? []).filter { place in
      guard !place.isWrapped, place.flow.source.address == packet.source.address,
        place.flow.destination.address == packet.destination.address
      else { return false }
      guard header.offset == 0 else { return true }
      let start = packet.payload.lowerBound
      return packet.payload.count >= PacketRedaction.udpHeader
        && bytes.rawSpan.bigEndianUInt16(at: start) == place.flow.source.port
        && bytes.rawSpan.bigEndianUInt16(at: start + 2) == place.flow.destination.port
    }
  }

  /// The checksum of a datagram stands in its first fragment, and covers all of them.
  private func repairDatagram(
    of header: IPFragmentHeader, _ packet: DecodedPacket, _ frame: FrameReference, _ bytes: inout [UInt8],
    _ edits: inout [RedactedBytes.Edit]
  ) {
    guard let place = fragmented(header, packet, bytes, frame).first else { return }
    repair.subtract(place.sum, at: packet.payload.lowerBound + 6, isOptional: true, &bytes, &edits)
  }

  private static let udp: UInt8 = 17
  private static let udpHeader = 8

  /// Numbers of TCP and SCTP come round.
  private func isNear(_ place: SecretPlaces.Place, _ time: Timestamp) -> Bool {
    abs(time.nanoseconds(since: place.time)) <= SecretPlaces.lifetime
  }
}
