import ByteReading
import CaptureFacts

/// What a stream carries instead of SIP or Diameter, as far as an IMS core has it: told by its first bytes, to be counted.
enum ForeignContent {
  /// Counted as this.
  case kind(AnomalyKind)
  /// More bytes will tell.
  case undecided

  /// What the front of a stream shows; nil where it shows nothing of the kind.
  static func look(in bytes: RawSpan) -> ForeignContent? {
    if isEncrypted(bytes) { return .kind(.tlsNotOpened) }
    if ServiceBasedRequest.begins(bytes) {
      switch ServiceBasedRequest.first(in: bytes) {
      case .path(let encoded): return .kind(encoded)
      case .incomplete: return bytes.byteCount < StreamSearch.bound ? .undecided : .kind(.serviceBasedHTTPNotDecoded)
      }
    }
    return isForSupplementaryServices(bytes) ? .kind(.utNotDecoded) : nil
  }

  /// Whether a TLS record stands at the front (RFC 8446 section 5.1).
  private static func isEncrypted(_ bytes: RawSpan) -> Bool {
    bytes.byteCount >= 3 && 20...23 ~= bytes.byte(at: 0) && bytes.byte(at: 1) == 3 && bytes.byte(at: 2) <= 4
  }

  /// Whether a request for the settings of supplementary services stands at the front: XCAP over HTTP/1.1, with the usage
  /// `simservs.ngn.etsi.org` in its path (TS 24.623 section 5.3.1).
  private static func isForSupplementaryServices(_ bytes: RawSpan) -> Bool {
    let end = min(bytes.byteCount, longestRequestLine)
    guard let methodEnd = bytes.firstOffset(of: 0x20, in: 0..<min(end, 8)),
      methods.contains(where: { bytes.equalsIgnoringCase($0, in: 0..<methodEnd) }),
      let lineEnd = bytes.firstOffset(of: 0x0a, in: methodEnd..<end)
    else { return false }
    return bytes.firstOffset(of: "simservs.ngn.etsi.org", in: methodEnd..<lineEnd) != nil
  }

  private static let methods: [StaticString] = ["get", "put", "delete", "post"]

  private static let longestRequestLine = 2048
}
