import ByteReading
import CaptureFacts

extension PacketWalk {
  /// RFC 9293 section 3.1.
  mutating func readTCP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.tcp, header: 20, &anomalies) else {
      return carryCutTransport(bytes, 6)
    }
    let start = offset
    source.port = bytes.bigEndianUInt16(at: start)
    destination.port = bytes.bigEndianUInt16(at: start + 2)
    let headerLength = Int(bytes.byte(at: start + 12) >> 4) * 4
    guard headerLength >= 20, headerLength <= promisedEnd - start else {
      report(.headerMalformed, at: .tcp, offset: 12, &anomalies)
      return .complete
    }
    let header = TCPSegmentHeader(
      sequenceNumber: bytes.bigEndianUInt32(at: start + 4), acknowledgmentNumber: bytes.bigEndianUInt32(at: start + 8),
      flags: TCPSegmentHeader.Flags(rawValue: bytes.byte(at: start + 13)), window: bytes.bigEndianUInt16(at: start + 14)
    )
    if headerLength > remaining { report(.headerTruncated, at: .tcp, offset: remaining, &anomalies) }
    let promisedLength = promisedEnd - start - headerLength
    offset = min(start + headerLength, end)
    carry(.segment(header))
    promisedPayloadLength = promisedLength
    return .complete
  }

  /// RFC 9260 section 3.1.
  mutating func readSCTP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.sctp, header: 12, &anomalies) else {
      return carryCutTransport(bytes, 132)
    }
    let start = offset
    source.port = bytes.bigEndianUInt16(at: start)
    destination.port = bytes.bigEndianUInt16(at: start + 2)
    let header = SCTPCommonHeader(
      verificationTag: bytes.bigEndianUInt32(at: start + 4), checksum: bytes.bigEndianUInt32(at: start + 8))
    offset = start + 12
    carry(.sctp(header))
    return .complete
  }
}
