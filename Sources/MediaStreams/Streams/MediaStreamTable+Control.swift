import ByteReading
import CaptureFacts

/// What RTCP says of the streams (RFC 3550 section 6, RFC 3611).
extension MediaStreamTable {
  mutating func receive(control bytes: RawSpan, _ arrival: MediaArrival) {
    controlPackets &+= 1
    var start = 0
    while let packet = RTCPPacket(bytes, at: start) {
      start = packet.range.upperBound
      guard packet.range.count >= 8 else { continue }
      let sender = bytes.bigEndianUInt32(at: packet.range.lowerBound + 4)
      switch packet.type {
      case RTCPPacket.PacketType.senderReport:
        guard packet.range.count >= 28 else { continue }
        let middle = UInt32(truncatingIfNeeded: bytes.bigEndianUInt64(at: packet.range.lowerBound + 8) >> 16)
        if let place = stream(from: arrival.source, to: arrival.destination, sender) {
          states[place].control.note(senderReport: middle, at: arrival.time)
        }
        takeBlocks(bytes, packet, from: packet.range.lowerBound + 28, arrival)
      case RTCPPacket.PacketType.receiverReport:
        takeBlocks(bytes, packet, from: packet.range.lowerBound + 8, arrival)
      case RTCPPacket.PacketType.bye:
        for index in 0..<packet.count {
          let offset = packet.range.lowerBound + 4 + index * 4
          guard offset + 4 <= packet.range.upperBound else { break }
          let source = bytes.bigEndianUInt32(at: offset)
          if let place = stream(from: arrival.source, to: arrival.destination, source) {
            states[place].control.hasBye = true
          }
        }
      case RTCPPacket.PacketType.sourceDescription:
        takeDescription(bytes, packet, arrival)
      case RTCPPacket.PacketType.application:
        if let place = stream(from: arrival.source, to: arrival.destination, sender) {
          states[place].control.noteApplicationPacket()
        }
      case RTCPPacket.PacketType.extendedReport:
        takeExtended(bytes, packet, arrival)
      default: break
      }
    }
  }

  private mutating func takeBlocks(_ bytes: RawSpan, _ packet: RTCPPacket, from first: Int, _ arrival: MediaArrival) {
    for index in 0..<packet.count {
      let offset = first + index * ReportBlock.length
      guard offset + ReportBlock.length <= packet.range.upperBound else { return }
      let block = ReportBlock(bytes, at: offset)
      // Who reports receives what it reports on.
      if let place = stream(from: arrival.destination, to: arrival.source, block.source) {
        states[place].control.note(block, at: arrival.time)
      }
    }
  }

  private mutating func takeDescription(_ bytes: RawSpan, _ packet: RTCPPacket, _ arrival: MediaArrival) {
    var names: [(place: Int, text: Range<Int>)] = []
    packet.forEachCanonicalName(bytes) { source, text in
      if let place = stream(from: arrival.source, to: arrival.destination, source) { names.append((place, text)) }
    }
    for name in names { states[name.place].control.note(canonicalName: name.text, bytes) }
  }

  private mutating func takeExtended(_ bytes: RawSpan, _ packet: RTCPPacket, _ arrival: MediaArrival) {
    var start = packet.range.lowerBound + 8
    while packet.range.upperBound - start >= 4 {
      let word = bytes.bigEndianUInt32(at: start)
      let length = Int(word & 0xffff) * 4
      let content = start + 4
      guard packet.range.upperBound - content >= length else { return }
      // RFC 3611 section 4.7: block type 7.
      if word >> 24 == 7, length >= ReportedVoiceMetrics.length {
        let source = bytes.bigEndianUInt32(at: content)
        if let place = stream(from: arrival.destination, to: arrival.source, source) {
          states[place].control.note(ReportedVoiceMetrics(bytes, at: content))
        }
      }
      start = content + length
    }
  }

  /// The stream between two hosts with this source.
  private func stream(from source: Endpoint, to destination: Endpoint, _ synchronizationSource: UInt32) -> Int? {
    bySource[MediaStreamTable.hostKey(source, destination, synchronizationSource)]
  }

  static func hostKey(_ source: Endpoint, _ destination: Endpoint, _ synchronizationSource: UInt32)
    -> MediaFlowKey
  {
    MediaFlowKey(
      Endpoint(address: source.address, port: 0), Endpoint(address: destination.address, port: 0),
      synchronizationSource)
  }
}
