import ByteReading
import CaptureFacts

/// Says whether bytes begin a Diameter message, for streams on ports that are not known.
///
/// What is asked of the front: version 1, a length that is a multiple of four and within the bound, reserved bits zero,
/// E and T only where RFC 6733 section 3 allows them, and a first AVP that is possible. Where the command is not known,
/// a second AVP must be possible too, or the first fill the message.
public enum DiameterRecognition {
  /// The longest message that is believed: 1 MiB. User-Data and subscription data stay far below it; the 16 MiB that
  /// 24 bits allow would let one forged length hold back a stream.
  public static let longestMessage = 1 << 20

  /// Judges the front of a stream, or one SCTP user message.
  public static func recognise(_ bytes: RawSpan) -> Recognition {
    judge(bytes, at: 0)
  }

  /// How many AVPs behind a loss must be possible, one after the other, and how many of them must be there before the
  /// others are taken for granted.
  private static let unalignedAttributes = (most: 8, least: 3)

  /// Judges bytes that are not known to stand at the boundary of a message, as in a stream that the capture shows from its
  /// middle on: more is asked of them, for what an AVP holds may look like a header with one AVP.
  public static func recognise(unaligned bytes: RawSpan) -> Recognition {
    let first = judge(bytes, at: 0)
    guard first == .certain else { return first }
    let end = Int(bytes.bigEndianUInt24(at: 1))
    var offset = DiameterHeader.byteCount
    // What stands first, Session-Id, Origin-Host or Result-Code, must have the M flag (RFC 6733 section 4.5).
    if offset < end, !DiameterAttributeFlags(rawValue: bytes.byte(at: offset + 4)).contains(.mandatory) {
      return .notOurs
    }
    for count in 0..<unalignedAttributes.most where offset < end {
      switch attribute(bytes, at: offset, end: end) {
      case .impossible: return .notOurs
      case .unseen: return count >= unalignedAttributes.least ? .certain : .unsure
      case .possible(let next): offset = next
      }
    }
    return .certain
  }

  /// Judges the bytes from `start` on. Costs a constant number of looks.
  static func judge(_ bytes: RawSpan, at start: Int) -> Recognition {
    let available = bytes.byteCount - start
    guard available > 0 else { return .unsure }
    guard bytes.byte(at: start) == DiameterHeader.knownVersion else { return .notOurs }
    guard available >= 5 else { return .unsure }
    let length = Int(bytes.bigEndianUInt24(at: start + 1))
    guard length >= DiameterHeader.byteCount, length <= longestMessage, length & 3 == 0 else { return .notOurs }
    let flags = DiameterCommandFlags(rawValue: bytes.byte(at: start + 4))
    guard flags.rawValue & DiameterCommandFlags.reserved == 0,
      !flags.contains(flags.contains(.request) ? .error : .potentiallyRetransmitted)
    else { return .notOurs }
    guard available >= DiameterHeader.byteCount else { return .unsure }
    let isKnown = DiameterCommandCode.isKnown(bytes.bigEndianUInt24(at: start + 5))
    let end = start + length
    guard length > DiameterHeader.byteCount else { return isKnown ? .certain : .notOurs }
    switch attribute(bytes, at: start + DiameterHeader.byteCount, end: end) {
    case .impossible: return .notOurs
    case .unseen: return .unsure
    case .possible(let next):
      if isKnown || next == end { return .certain }
      switch attribute(bytes, at: next, end: end) {
      case .impossible: return .notOurs
      case .unseen: return .unsure
      case .possible: return .certain
      }
    }
  }

  /// What the header of an AVP looks like.
  enum AttributeHeader {
    /// It leads out of the message, or has bits that are reserved.
    case impossible
    /// Its bytes are not there yet.
    case unseen
    /// It could be one; the next would begin at this offset.
    case possible(next: Int)
  }

  /// Looks at the AVP header at `start` in a message that ends at `end`.
  static func attribute(_ bytes: RawSpan, at start: Int, end: Int) -> AttributeHeader {
    guard end - start >= DiameterAttributeWalk.shortHeader else { return .impossible }
    guard bytes.byteCount - start >= DiameterAttributeWalk.shortHeader else { return .unseen }
    let flags = DiameterAttributeFlags(rawValue: bytes.byte(at: start + 4))
    let length = Int(bytes.bigEndianUInt24(at: start + 5))
    let least =
      flags.contains(.vendorSpecific) ? DiameterAttributeWalk.longHeader : DiameterAttributeWalk.shortHeader
    let next = start + ((length + 3) & ~3)
    guard bytes.bigEndianUInt32(at: start) != 0, flags.rawValue & DiameterAttributeFlags.reserved == 0,
      length >= least, next <= end
    else { return .impossible }
    return .possible(next: next)
  }
}
