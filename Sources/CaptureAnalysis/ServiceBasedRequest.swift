import ByteReading
import CaptureFacts

/// The first request of an HTTP/2 connection (RFC 9113): its path names the service that is asked, and with it the
/// interface (TS 29.501 section 4.4.1).
enum ServiceBasedRequest {
  /// What stands in the first frames.
  enum First {
    /// A request to the service that is counted as this.
    case path(AnomalyKind)
    /// None yet.
    case incomplete
  }

  /// Services that an IMS core asks for, by what their paths begin with behind the root (TS 29.562 section 6, TS 29.514
  /// section 5).
  private static let services: [(path: ServicePath, kind: AnomalyKind)] = [
    (ServicePath("/nhss-ims-"), .homeSubscriberServiceNotDecoded),
    (ServicePath("/npcf-policyauthorization/"), .policyAuthorizationNotDecoded),
  ]

  private static let preface: StaticString = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

  /// Whether the client's connection preface stands at the front, or what may become it (RFC 9113 section 3.4).
  static func begins(_ bytes: RawSpan) -> Bool {
    let length = min(bytes.byteCount, preface.utf8CodeUnitCount)
    // Three bytes: no method of SIP begins so but a part of one that is cut.
    guard length >= 3 else { return false }
    for offset in 0..<length where unsafe bytes.byte(at: offset) != preface.utf8Start[offset] { return false }
    return true
  }

  /// Looks for the first request behind the preface.
  static func first(in bytes: RawSpan) -> First {
    var offset = preface.utf8CodeUnitCount
    while offset + 9 <= bytes.byteCount {
      // RFC 9113 section 4.1: length, type, flags, stream.
      let length =
        Int(bytes.byte(at: offset)) << 16 | Int(bytes.byte(at: offset + 1)) << 8 | Int(bytes.byte(at: offset + 2))
      let (type, flags) = (bytes.byte(at: offset + 3), bytes.byte(at: offset + 4))
      let end = offset + 9 + length
      if type == headers {
        guard end <= bytes.byteCount else { return .incomplete }
        return .path(kind(of: bytes, in: offset + 9..<end, flags: flags))
      }
      offset = end
    }
    return .incomplete
  }

  /// The type of the frame HEADERS, and its flags PADDED and PRIORITY (RFC 9113 section 6.2).
  private static let headers: UInt8 = 1
  private static let padded: UInt8 = 0x08
  private static let hasPriority: UInt8 = 0x20

  private static func kind(of bytes: RawSpan, in frame: Range<Int>, flags: UInt8) -> AnomalyKind {
    let skipped = (flags & padded != 0 ? 1 : 0) + (flags & hasPriority != 0 ? 5 : 0)
    guard skipped < frame.count else { return .serviceBasedHTTPNotDecoded }
    var block = HeaderBlock(bytes, in: frame.lowerBound + skipped..<frame.upperBound)
    guard let path = block.firstPath() else { return .serviceBasedHTTPNotDecoded }
    let service = services.first {
      $0.path.occurs(in: bytes, at: path.range, isHuffmanCoded: path.isHuffmanCoded)
    }
    return service?.kind ?? .serviceBasedHTTPNotDecoded
  }
}
