import ByteReading
import CaptureFacts

extension PacketWalk {
  /// The form that all extension headers share (RFC 6564 section 4): next header, length in units of eight bytes beyond
  /// the first eight. What they hold does not change where the payload is.
  mutating func readExtensionHeader(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enterExtensionHeader(&anomalies), require(8, at: .ipv6, &anomalies) else { return .nothing }
    let nextHeader = bytes.byte(at: offset)
    let length = 8 + Int(bytes.byte(at: offset + 1)) * 8
    return goBehind(header: length, to: nextHeader, at: .ipv6, &anomalies)
  }

  /// RFC 8200 section 4.5. A fragment that is the whole datagram is read on at once (RFC 6946 section 4).
  mutating func readFragmentHeader(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enterExtensionHeader(&anomalies), require(8, at: .ipv6, &anomalies) else { return .nothing }
    let nextHeader = bytes.byte(at: offset)
    let fragment = bytes.bigEndianUInt16(at: offset + 2)
    identification = bytes.bigEndianUInt32(at: offset + 4)
    guard fragment & 0xfff9 != 0 else {
      return goBehind(header: 8, to: nextHeader, at: .ipv6, &anomalies)
    }
    offset += 8
    ipProtocol = nextHeader
    carry(
      .fragment(
        IPFragmentHeader(
          identification: identification, ipProtocol: nextHeader, offset: Int(fragment & 0xfff8),
          moreFollow: fragment & 1 != 0)))
    return .complete
  }

  /// RFC 4302 section 2: the length is in units of four bytes, less two.
  mutating func readAuthenticationHeader(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.authenticationHeader, header: 12, &anomalies) else { return .nothing }
    let nextHeader = bytes.byte(at: offset)
    let length = (Int(bytes.byte(at: offset + 1)) + 2) * 4
    guard length >= 12 else {
      report(.headerMalformed, at: .authenticationHeader, offset: 1, &anomalies)
      return .nothing
    }
    return goBehind(header: length, to: nextHeader, at: .authenticationHeader, &anomalies)
  }

  /// RFC 4303 section 2. Opening it needs keys, or a guess at its structure, and is the work of another stage.
  mutating func readEncapsulatingSecurityPayload(_ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.esp, header: 8, &anomalies) else { return .nothing }
    carry(.encapsulatingSecurityPayload)
    return .complete
  }

  private mutating func goBehind(
    header length: Int, to nextHeader: UInt8, at layer: LayerKind, _ anomalies: inout AnomalyLedger
  ) -> NextLayer {
    guard promisedEnd - offset >= length else {
      report(.headerMalformed, at: layer, offset: 1, &anomalies)
      return .nothing
    }
    guard require(length, at: layer, &anomalies) else { return .nothing }
    offset += length
    beginInternetPayload(nextHeader)
    return NextLayer(ipProtocol: nextHeader)
  }
}
