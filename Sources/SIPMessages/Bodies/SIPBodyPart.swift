import ByteReading

/// One part of a body: the whole of it, or one part of a multipart body (RFC 2046 section 5.1).
public struct SIPBodyPart: Hashable, Sendable {
  /// What it is; nil where it does not say.
  public var contentType: SIPContentType?

  /// Its header Content-ID, angle brackets included; empty where there is none.
  public var contentID = ByteRange()

  /// Its header Content-Disposition; empty where there is none.
  public var disposition = ByteRange()

  /// Its content.
  public var content: ByteRange
}

extension SIPMessage {
  /// The most parts that a body is split into: real ones have two or three.
  public static let maximumBodyParts = 64

  /// How deep multipart bodies are opened inside each other.
  public static let maximumBodyDepth = 4

  /// The parts of the body that are not multipart themselves, in their order; empty where there is no body.
  public func bodyParts() -> [SIPBodyPart] {
    guard !body.isEmpty else { return [] }
    var parts: [SIPBodyPart] = []
    let whole = SIPBodyPart(
      contentType: contentType, disposition: first(.contentDisposition) ?? ByteRange(), content: body)
    collect(whole, depth: 0, into: &parts)
    return parts
  }

  private func collect(_ part: SIPBodyPart, depth: Int, into parts: inout [SIPBodyPart]) {
    guard parts.count < SIPMessage.maximumBodyParts else { return }
    guard depth < SIPMessage.maximumBodyDepth, let type = part.contentType, !type.boundary.isEmpty,
      span.equalsIgnoringCase("multipart", in: type.type.range)
    else {
      parts.append(part)
      return
    }
    var reader = MultipartReader(span, boundary: type.boundary.range, in: part.content.range)
    while let inner = reader.next(), parts.count < SIPMessage.maximumBodyParts {
      collect(SIPMessage.part(span, in: inner), depth: depth + 1, into: &parts)
    }
  }

  /// Reads the header fields of one part.
  private static func part(_ bytes: RawSpan, in range: Range<Int>) -> SIPBodyPart {
    var part = SIPBodyPart(content: ByteRange(range.upperBound, range.upperBound))
    var lineStart = range.lowerBound
    while lineStart < range.upperBound {
      var lineEnd = bytes.firstOffset(of: 0x0a, in: lineStart..<range.upperBound) ?? range.upperBound
      if bytes.trimmed(lineStart..<lineEnd).isEmpty {
        part.content = ByteRange(min(lineEnd + 1, range.upperBound), range.upperBound)
        return part
      }
      while lineEnd + 1 < range.upperBound, bytes.byte(at: lineEnd + 1) == 0x20 || bytes.byte(at: lineEnd + 1) == 0x09 {
        lineEnd = bytes.firstOffset(of: 0x0a, in: lineEnd + 1..<range.upperBound) ?? range.upperBound
      }
      let nameEnd = bytes.endOfToken(at: lineStart, before: lineEnd)
      let colon = bytes.skippingSpace(from: nameEnd, before: lineEnd)
      if colon < lineEnd, bytes.byte(at: colon) == UInt8(ascii: ":") {
        let value = ByteRange(bytes.trimmed(colon + 1..<lineEnd))
        switch SIPHeaderNameTable.shared.name(of: bytes, in: lineStart..<nameEnd) {
        case .contentType: part.contentType = SIPContentType(parsing: bytes, in: value)
        case .contentID: part.contentID = value
        case .contentDisposition: part.disposition = value
        default: break
        }
      }
      lineStart = lineEnd + 1
    }
    return part
  }
}
