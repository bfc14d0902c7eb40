import ByteReading
import CLibXML2

/// An XML document as a tree, read by libxml2 through its SAX2 interface.
///
/// Nothing is fetched and nothing is expanded: a document type declaration ends the reading before its first entity is
/// defined, so that only character references and the five predefined entities are ever replaced, neither of which can
/// grow. The tree is bounded in depth, elements and length (`XMLLimits`).
public struct XMLDocument: Hashable, Sendable {
  /// The outermost element; nil where not even its start tag was read.
  public var root: XMLElement?
  /// What ended the reading early; nil where it was read to its end.
  public var flaw: DocumentFlaw?

  /// Reads a document. Its encoding is UTF-8, or ISO 8859-1 where the bytes are not UTF-8, whatever it declares: no
  /// other is in use, and conversions are one thing less that hostile bytes can reach.
  public init(parsing bytes: RawSpan) {
    guard bytes.byteCount <= XMLLimits.bytes else {
      flaw = .tooLong
      return
    }
    // White space in front of the declaration is an error of the standard, and of some that send it.
    let start = XMLDocument.start(of: bytes)
    guard start < bytes.byteCount else {
      flaw = .empty
      return
    }
    guard bytes.byte(at: start) == UInt8(ascii: "<"), bytes.firstOffset(of: 0) == nil else {
      flaw = .notWellFormed
      return
    }
    guard !XMLDocument.hasTooManyAttributes(bytes) else {
      flaw = .tooManyElements
      return
    }
    let tree = XMLTree()
    let text = bytes.copied(start..<bytes.byteCount)
    if String(validating: text, as: UTF8.self) != nil {
      tree.read(text.rawSpan)
    } else {
      let converted = Array(String(decoding: text.map { UInt16($0) }, as: UTF16.self).utf8)
      tree.read(converted.rawSpan)
    }
    root = tree.root
    flaw = tree.flaw
  }

  private static func start(of bytes: RawSpan) -> Int {
    let mark = bytes.byteCount >= 3 && bytes.bigEndianUInt24(at: 0) == 0xefbbbf ? 3 : 0
    return bytes.firstOffset(in: mark..<bytes.byteCount) { $0 > 0x20 } ?? bytes.byteCount
  }

  /// Whether a tag may hold more attributes than the bound: libxml2 compares each with all before it. An attribute has
  /// a `=`, and no `<` may stand inside a tag.
  private static func hasTooManyAttributes(_ bytes: RawSpan) -> Bool {
    var count = 0
    return bytes.firstOffset(in: 0..<bytes.byteCount) { byte in
      if byte == UInt8(ascii: "<") { count = 0 }
      if byte == UInt8(ascii: "=") { count += 1 }
      return count > XMLLimits.attributesOfElement
    } != nil
  }
}
