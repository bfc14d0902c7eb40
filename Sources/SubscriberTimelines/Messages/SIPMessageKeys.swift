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
  /// The body; nil where there is none.
  public let body: KeyedHash?
  /// The whole message and its way: what tells a message seen again.
  let fingerprint: UInt64
}

extension Observed<SIPMessage> {
  /// Its keys, under the key of the timelines that will receive it.
  public func keys(under key: HashKey) -> SIPMessageKeys {
    let callID = key.hash(message.span, in: message.callID.range)
    return SIPMessageKeys(
      callID: callID, fromTag: key.hashIfAny(message.span, in: message.from.tag.range),
      toTag: key.hashIfAny(message.span, in: message.to.tag.range), branch: message.branch(under: key, of: callID),
      body: key.hashIfAny(message.span, in: message.body.range),
      fingerprint: flow.hash(behind: key.start.combined(with: key.fingerprint(message.span))).low)
  }
}

extension SIPMessage {
  fileprivate func branch(under key: HashKey, of callID: KeyedHash) -> UInt64 {
    let branch = topVia.branch.range
    let hash = key.hash(span, in: branch)
    // `z9hG4bK` and more (RFC 3261 section 8.1.1.7).
    if branch.count > 7, span.hasBytes("z9hG4bK", at: branch.lowerBound) { return hash.low }
    return hash.combined(with: key.hash(span, in: topVia.sentByHost.range)).combined(with: callID).low
  }
}

extension HashKey {
  fileprivate func hashIfAny(_ bytes: RawSpan, in range: Range<Int>) -> KeyedHash? {
    range.isEmpty ? nil : hash(bytes, in: range)
  }
}

extension Flow {
  /// The hash of a message and its way: of a way alone, whoever writes the capture would know it.
  fileprivate func hash(behind message: KeyedHash) -> KeyedHash {
    message
      .combined(with: KeyedHash(high: source.address.high, low: source.address.low))
      .combined(with: KeyedHash(high: destination.address.high, low: destination.address.low))
      .combined(with: UInt64(source.port) << 32 | UInt64(destination.port) << 16 | UInt64(transport.rawValue))
  }
}
