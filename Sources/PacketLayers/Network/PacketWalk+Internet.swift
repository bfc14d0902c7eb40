import ByteReading
import CaptureFacts

extension PacketWalk {
  /// IPv4 or IPv6, by the version that the header itself has: every announcement of either is known to be used for the
  /// other somewhere.
  @inline(__always)
  mutating func readInternet(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard require(1, at: .ipv4, &anomalies) else { return .nothing }
    switch bytes.byte(at: offset) >> 4 {
    case 4: return readIPv4(bytes, &anomalies)
    case 6: return readIPv6(bytes, &anomalies)
    default:
      report(.headerMalformed, at: .ipv4, &anomalies)
      return .nothing
    }
  }

  /// RFC 791 section 3.1.
  @inline(__always)
  private mutating func readIPv4(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.ipv4, header: 20, &anomalies) else { return .nothing }
    let start = offset
    let headerLength = Int(bytes.byte(at: start) & 0xf) * 4
    guard headerLength >= 20 else {
      report(.headerMalformed, at: .ipv4, &anomalies)
      return .nothing
    }
    let totalLength = Int(bytes.bigEndianUInt16(at: start + 2))
    identification = UInt32(bytes.bigEndianUInt16(at: start + 4))
    let fragment = bytes.bigEndianUInt16(at: start + 6)
    noteTunnel()
    source = Endpoint(address: IPAddress(v4: bytes.bigEndianUInt32(at: start + 12)), port: 0)
    destination = Endpoint(address: IPAddress(v4: bytes.bigEndianUInt32(at: start + 16)), port: 0)
    let ipProtocol = bytes.byte(at: start + 9)
    guard require(headerLength, at: .ipv4, &anomalies) else { return .nothing }
    if totalLength >= headerLength {
      offset = start + headerLength
      narrow(to: totalLength, from: start, at: .ipv4, field: 2, &anomalies)
    } else if totalLength == 0 {
      // Captured before segmentation offload filled the length in: all that was captured belongs to it.
      offset = start + headerLength
      promisedEnd = max(end, promisedEnd == .max ? end : promisedEnd)
    } else {
      report(.headerMalformed, at: .ipv4, offset: 2, &anomalies)
      return .nothing
    }
    self.ipProtocol = ipProtocol
    // More fragments, or a fragment offset in units of eight bytes.
    if fragment & 0x3fff != 0 {
      carry(
        .fragment(
          IPFragmentHeader(
            identification: identification, ipProtocol: ipProtocol, offset: Int(fragment & 0x1fff) * 8,
            moreFollow: fragment & 0x2000 != 0)))
      return .complete
    }
    if ipProtocol == 17 { return .udp }
    return beginRarer(ipProtocol)
  }

  /// RFC 8200 section 3.
  @inline(never)
  private mutating func readIPv6(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.ipv6, header: 40, &anomalies) else { return .nothing }
    let start = offset
    let payloadLength = Int(bytes.bigEndianUInt16(at: start + 4))
    let nextHeader = bytes.byte(at: start + 6)
    identification = 0
    noteTunnel()
    source = Endpoint(address: address(bytes, at: start + 8), port: 0)
    destination = Endpoint(address: address(bytes, at: start + 24), port: 0)
    offset = start + 40
    if payloadLength != 0 {
      narrow(to: payloadLength, from: offset, at: .ipv6, field: 4, &anomalies)
    } else if nextHeader == 6 || nextHeader == 17 {
      // As with IPv4: not filled in before segmentation offload.
      promisedEnd = max(end, promisedEnd == .max ? end : promisedEnd)
    } else if nextHeader == 0, let jumbo = jumboPayloadLength(bytes) {
      narrow(to: jumbo, from: offset, at: .ipv6, field: 4, &anomalies)
    } else {
      narrow(to: 0, from: offset, at: .ipv6, field: 4, &anomalies)
    }
    return beginRarer(nextHeader)
  }

  /// The 16 bytes of an IPv6 address; the caller has checked that they are there.
  @inline(__always)
  func address(_ bytes: RawSpan, at offset: Int) -> IPAddress {
    IPAddress(high: bytes.bigEndianUInt64(at: offset), low: bytes.bigEndianUInt64(at: offset + 8))
  }

  /// Goes on with the protocol of what is ahead.
  @inline(__always)
  private mutating func beginRarer(_ ipProtocol: UInt8) -> NextLayer {
    beginInternetPayload(ipProtocol)
    return NextLayer(ipProtocol: ipProtocol)
  }

  /// The length of a jumbogram, an option of the hop-by-hop header ahead (RFC 2675 section 2); nil where there is none.
  private func jumboPayloadLength(_ bytes: RawSpan) -> Int? {
    guard remaining >= 8 else { return nil }
    let headerEnd = min(end, offset + 8 + Int(bytes.byte(at: offset + 1)) * 8)
    var position = offset + 2
    while headerEnd - position >= 2 {
      let type = bytes.byte(at: position)
      // Pad1 has no length (RFC 8200 section 4.2).
      if type == 0 {
        position += 1
        continue
      }
      let length = Int(bytes.byte(at: position + 1))
      if type == 0xc2, length == 4, headerEnd - position >= 6 {
        return Int(bytes.bigEndianUInt32(at: position + 2))
      }
      position += 2 + length
    }
    return nil
  }
}
