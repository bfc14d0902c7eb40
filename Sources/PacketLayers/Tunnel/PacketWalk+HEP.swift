import ByteReading
import CaptureFacts

extension PacketWalk {
  /// "HEP3" in ASCII.
  static var hepVersionThreeMagic: UInt32 { 0x4845_5033 }

  /// Homer encapsulation, versions 1 and 2 (a fixed header) and 3 (chunks). The message inside gets the addresses, the
  /// time and the correlation identifier that the encapsulation states. What does not begin so stays a datagram.
  mutating func readHEP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard remaining >= 8 else { return .complete }
    if bytes.bigEndianUInt32(at: offset) == PacketWalk.hepVersionThreeMagic {
      return readHEPVersionThree(bytes, &anomalies)
    }
    guard bytes.byte(at: offset) == 1 || bytes.byte(at: offset) == 2 else { return .complete }
    return readHEPFixed(bytes, &anomalies)
  }

  /// Version, header length, family (2 or 10, as Linux numbers them), IP protocol, ports, addresses; version 2 adds the
  /// time, least significant byte first as its senders write it.
  private mutating func readHEPFixed(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    let isSecond = bytes.byte(at: offset) == 2
    let length = Int(bytes.byte(at: offset + 1))
    let family = bytes.byte(at: offset + 2)
    guard family == 2 || family == 10 else { return .complete }
    let addressesEnd = family == 2 ? 16 : 40
    guard length >= addressesEnd + (isSecond ? 8 : 0), remaining >= length,
      let transport = TransportProtocol(rawValue: bytes.byte(at: offset + 3))
    else { return .complete }
    guard enter(.hep, &anomalies) else { return .nothing }
    noteTunnel()
    let addresses = offset + 8
    if family == 2 {
      source.address = IPAddress(v4: bytes.bigEndianUInt32(at: addresses))
      destination.address = IPAddress(v4: bytes.bigEndianUInt32(at: addresses + 4))
    } else {
      source.address = address(bytes, at: addresses)
      destination.address = address(bytes, at: addresses + 16)
    }
    source.port = bytes.bigEndianUInt16(at: offset + 4)
    destination.port = bytes.bigEndianUInt16(at: offset + 6)
    if isSecond {
      setRecordedTime(
        seconds: bytes.littleEndianUInt32(at: offset + addressesEnd),
        microseconds: bytes.littleEndianUInt32(at: offset + addressesEnd + 4))
    }
    return carryMessage(in: offset + length..<end, promisedEnd: promisedEnd, transport: transport)
  }

  /// HEP3, a total length, and chunks: vendor, type, length with its own six bytes of head, value. Vendor 0 has the
  /// generic types.
  private mutating func readHEPVersionThree(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.hep, &anomalies) else { return .nothing }
    noteTunnel()
    let start = offset
    offset += 6
    narrow(to: Int(bytes.bigEndianUInt16(at: start + 4)), from: start, at: .hep, field: 4, &anomalies)
    var transport = TransportProtocol.udp
    var seconds: UInt32?
    var microseconds: UInt32 = 0
    while remaining > 0 {
      guard require(6, at: .hep, &anomalies) else { return .nothing }
      let isGeneric = bytes.bigEndianUInt16(at: offset) == 0
      let type = bytes.bigEndianUInt16(at: offset + 2)
      let length = Int(bytes.bigEndianUInt16(at: offset + 4))
      guard length >= 6 else {
        report(.headerMalformed, at: .hep, offset: offset - start + 4, &anomalies)
        return .nothing
      }
      let value = offset + 6..<min(offset + length, end)
      let isPayload = isGeneric && type == 15
      guard isPayload || remaining >= length else {
        report(.headerTruncated, at: .hep, offset: end - start, &anomalies)
        return .nothing
      }
      let valueEnd = offset + length
      offset = min(valueEnd, end)
      guard isGeneric else { continue }
      switch (type, value.count) {
      case (2, 1): transport = TransportProtocol(rawValue: bytes.byte(at: value.lowerBound)) ?? .udp
      case (3, 4): source.address = IPAddress(v4: bytes.bigEndianUInt32(at: value.lowerBound))
      case (4, 4): destination.address = IPAddress(v4: bytes.bigEndianUInt32(at: value.lowerBound))
      case (5, 16): source.address = address(bytes, at: value.lowerBound)
      case (6, 16): destination.address = address(bytes, at: value.lowerBound)
      case (7, 2): source.port = bytes.bigEndianUInt16(at: value.lowerBound)
      case (8, 2): destination.port = bytes.bigEndianUInt16(at: value.lowerBound)
      case (9, 4): seconds = bytes.bigEndianUInt32(at: value.lowerBound)
      case (10, 4): microseconds = bytes.bigEndianUInt32(at: value.lowerBound)
      case (15, _): _ = carryMessage(in: value, promisedEnd: valueEnd, transport: transport)
      case (16, _): report(.protocolNotDecoded, at: .hep, detail: 16, &anomalies)
      case (17, _): correlationIdentifier = ByteRange(value.lowerBound, value.upperBound)
      default: break
      }
    }
    if let seconds { setRecordedTime(seconds: seconds, microseconds: microseconds) }
    // The transport may follow the payload.
    datagramTransport = transport
    return .complete
  }

  private mutating func setRecordedTime(seconds: UInt32, microseconds: UInt32) {
    recordedTime = Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(microseconds) * 1000)
  }

  /// Takes `range` as one message of a capture format that states its addresses.
  mutating func carryMessage(in range: Range<Int>, promisedEnd: Int, transport: TransportProtocol) -> NextLayer {
    content = .datagram
    datagramTransport = transport
    payload = range
    promisedPayloadLength = max(range.count, promisedEnd == .max ? 0 : promisedEnd - range.lowerBound)
    return .complete
  }
}
