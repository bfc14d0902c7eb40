import ByteReading
import CaptureFacts

/// Finds the messages in a byte stream by their length (RFC 6733 section 2.1: Diameter over TCP has no other framing).
///
/// Without state and linear: each look costs a constant number of reads, or passes over what it read.
public enum DiameterStreamFraming {
  /// What the front of `bytes` is. `scanned` is what the last verdict returned; the length needs no memory, so it does
  /// not matter here.
  ///
  /// At the front a message is believed if its header is beyond doubt or its first AVP is possible: a sender that sets
  /// reserved bits, or a broken AVP, costs one message and not the stream. Behind garbage only what
  /// `DiameterRecognition` accepts counts as a message again.
  public static func next(in bytes: RawSpan, resumingAt scanned: Int) -> FramingVerdict {
    guard bytes.byteCount > 0 else { return .incomplete(atLeast: 1, scanned: 0) }
    let length: Int
    switch front(of: bytes) {
    case .garbage: return .garbage(length: garbageLength(in: bytes))
    case .unsure(let needed): return .incomplete(atLeast: needed, scanned: bytes.byteCount)
    case .message(let found): length = found
    }
    guard bytes.byteCount >= length else { return .incomplete(atLeast: length, scanned: bytes.byteCount) }
    return .message(length: length)
  }

  private enum Front {
    case garbage
    case unsure(needed: Int)
    case message(length: Int)
  }

  private static func front(of bytes: RawSpan) -> Front {
    guard bytes.byte(at: 0) == DiameterHeader.knownVersion else { return .garbage }
    let header = DiameterHeader.byteCount
    guard bytes.byteCount >= 4 else { return .unsure(needed: header) }
    let length = Int(bytes.bigEndianUInt24(at: 1))
    guard length >= header, length <= DiameterRecognition.longestMessage else { return .garbage }
    guard bytes.byteCount >= header else { return .unsure(needed: header) }
    let isBeyondDoubt =
      length & 3 == 0 && bytes.byte(at: 4) & DiameterCommandFlags.reserved == 0
      && DiameterCommandCode.isKnown(bytes.bigEndianUInt24(at: 5))
    if isBeyondDoubt { return .message(length: length) }
    switch DiameterRecognition.attribute(bytes, at: header, end: (length + 3) & ~3) {
    case .impossible: return .garbage
    case .unseen: return .unsure(needed: header + DiameterAttributeWalk.shortHeader)
    case .possible: return .message(length: length)
    }
  }

  /// How many bytes to pass over where the front of `bytes` is not known to be that of a message, as in a stream that the
  /// capture shows from its middle on: up to the next place that is, or may yet become, one.
  public static func lengthBeforeMessage(in bytes: RawSpan) -> Int {
    garbageLength(in: bytes, from: 0)
  }

  private static func garbageLength(in bytes: RawSpan, from first: Int = 1) -> Int {
    var start = first
    while let candidate = bytes.firstOffset(of: DiameterHeader.knownVersion, in: start..<bytes.byteCount) {
      switch DiameterRecognition.judge(bytes, at: candidate) {
      case .certain, .unsure: return candidate
      case .notOurs: start = candidate + 1
      }
    }
    return bytes.byteCount
  }
}
