import ByteReading
import CaptureFacts

/// Where the content of a payload lies that is not encrypted. The packet does not say; its structure shows it.
struct NullEncryptionLayout: Hashable {
  /// The bytes before the content: 8 with AES-GMAC (RFC 4543 section 3).
  var vectorLength: Int
  /// The bytes of integrity check value behind the trailer.
  var checkValueLength: Int

  /// What the integrity algorithms of TS 33.203 come to, and others with 128 bits.
  static let candidates = [
    NullEncryptionLayout(vectorLength: 0, checkValueLength: 12),
    NullEncryptionLayout(vectorLength: 0, checkValueLength: 16),
    NullEncryptionLayout(vectorLength: 8, checkValueLength: 16),
  ]

  /// Finds the content under this layout; nil where it is not there.
  func content(
    of payload: RawSpan, from source: IPAddress, to destination: IPAddress, _ evidence: StructureEvidence
  ) -> PayloadTrailer? {
    let body = 8 + vectorLength..<max(8 + vectorLength, payload.byteCount - checkValueLength)
    // RFC 4303 section 2.4: what is encrypted ends on a boundary of four bytes.
    guard body.count >= 4, body.count % 4 == 0, let trailer = PayloadTrailer(payload, endOf: body),
      trailer.hasCountingPadding(payload, endOf: body)
    else { return nil }
    let inner = InnerPacketCheck(
      content: payload.extracting(trailer.content), source: source, destination: destination)
    return inner.isPlausible(nextHeader: trailer.nextHeader, evidence) ? trailer : nil
  }
}
