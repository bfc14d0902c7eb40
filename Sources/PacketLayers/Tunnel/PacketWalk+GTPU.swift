import ByteReading
import CaptureFacts

extension PacketWalk {
  /// TS 29.281 section 5.1: version 1, protocol type 1, message type 255 (G-PDU). Everything else on the port stays a
  /// datagram: path management and other messages carry no packet.
  mutating func readGTPU(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard remaining >= 8, bytes.bigEndianUInt16(at: offset) & 0xf8ff == 0x30ff else { return .complete }
    guard let headerLength = gtpUHeaderLength(bytes) else {
      report(.headerTruncated, at: .gtpU, offset: remaining, &anomalies)
      return .complete
    }
    let version = bytes.byte(at: offset + headerLength) >> 4
    guard version == 4 || version == 6 else {
      // A PDU session of type Ethernet or unstructured, or not GTP-U after all: it stays a datagram.
      report(.protocolNotDecoded, at: .gtpU, detail: UInt32(version), &anomalies)
      return .complete
    }
    guard enter(.gtpU, &anomalies) else { return .nothing }
    let start = offset
    offset += headerLength
    narrow(to: 8 + Int(bytes.bigEndianUInt16(at: start + 2)), from: start, at: .gtpU, field: 2, &anomalies)
    return .internet
  }

  /// Whether the datagram ahead, of the first bytes of a G-PDU, can be nothing else: all lengths agree, and the packet
  /// inside fills it to the last byte. Needed for the ports that no registration names.
  @inline(__always)
  func isUnmistakableGTPU(_ bytes: RawSpan) -> Bool {
    guard 8 + Int(bytes.bigEndianUInt16(at: offset + 2)) == promisedEnd - offset,
      let headerLength = gtpUHeaderLength(bytes)
    else { return false }
    let inner = offset + headerLength
    let innerLength = promisedEnd - inner
    switch bytes.byte(at: inner) >> 4 {
    case 4:
      return end - inner >= 20 && bytes.byte(at: inner) & 0xf >= 5
        && Int(bytes.bigEndianUInt16(at: inner + 2)) == innerLength
    case 6:
      return end - inner >= 40 && 40 + Int(bytes.bigEndianUInt16(at: inner + 4)) == innerLength
    default:
      return false
    }
  }

  /// The length of the header ahead, of which eight bytes are there: four more where any of the flags E, S and PN is
  /// set, then the extension headers (TS 29.281 section 5.2.1: the length in units of four bytes first, the type of the
  /// next one last). nil where it, or the first byte behind it, is not there.
  @inline(__always)
  private func gtpUHeaderLength(_ bytes: RawSpan) -> Int? {
    let flags = bytes.byte(at: offset)
    var length = 8
    if flags & 0x07 != 0 {
      length = 12
      guard remaining > length else { return nil }
      var nextType = flags & 0x04 != 0 ? bytes.byte(at: offset + 11) : 0
      while nextType != 0 {
        let extensionLength = Int(bytes.byte(at: offset + length)) * 4
        // A length of 0 would never end.
        guard extensionLength > 0, remaining > length + extensionLength else { return nil }
        length += extensionLength
        nextType = bytes.byte(at: offset + length - 1)
      }
    }
    return remaining > length ? length : nil
  }
}
