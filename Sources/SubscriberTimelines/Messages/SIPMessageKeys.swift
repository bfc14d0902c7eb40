import ByteReading
import CaptureFacts
import SIPMessages

/// What a SIP message is found by: integers in place of texts. They need nothing but the message, so they may be made
/// where it is read, apart from the timelines.
public struct SIPMessageKeys: Sendable {
  /// The Call-ID.
  let callID: KeyedHash
  /// The From tag; nil where there is none.
  let fromTag: KeyedHash?
  /// The To tag; nil where there is none.
  let toTag: KeyedHash?
  /// The topmost Via: branch, and its sent-by where the branch does not identify a transaction (RFC 3261 section
  /// 17.2.3).
  let branch: UInt64
  /// The whole message and its way: what tells a message seen again.
  let fingerprint: UInt64

  /// Makes them under the key of the timelines that will receive the message.
  public init(_ observed: Observed<SIPMessage>, under key: HashKey) {
    let message = observed.message
    let bytes = message.span
    callID = key.hash(bytes, in: message.callID.range)
    fromTag = message.from.tag.isEmpty ? nil : key.hash(bytes, in: message.from.tag.range)
    toTag = message.to.tag.isEmpty ? nil : key.hash(bytes, in: message.to.tag.range)
    let via = message.topVia
    let branchHash = key.hash(bytes, in: via.branch.range)
    branch =
      SIPMessageKeys.hasMagicCookie(bytes, via.branch.range)
      ? branchHash.low
      : branchHash.combined(with: key.hash(bytes, in: via.sentByHost.range)).combined(with: callID).low
    fingerprint = SIPMessageKeys.hash(observed.flow, behind: key.start.combined(with: key.fingerprint(bytes))).low
  }

  /// Whether the branch begins with `z9hG4bK` (RFC 3261 section 8.1.1.7).
  private static func hasMagicCookie(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    range.count > 7 && bytes.hasBytes("z9hG4bK", at: range.lowerBound)
  }

  /// The hash of a message and its way: of a way alone, whoever writes the capture would know it.
  private static func hash(_ flow: Flow, behind message: KeyedHash) -> KeyedHash {
    message
      .combined(with: KeyedHash(high: flow.source.address.high, low: flow.source.address.low))
      .combined(with: KeyedHash(high: flow.destination.address.high, low: flow.destination.address.low))
      .combined(
        with: UInt64(flow.source.port) << 32 | UInt64(flow.destination.port) << 16 | UInt64(flow.transport.rawValue))
  }
}
