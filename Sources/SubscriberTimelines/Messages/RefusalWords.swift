import SIPMessages

/// What a failing final response says beyond its status: the words that nodes write for people, and what would have
/// been accepted.
struct RefusalWords {
  /// The longest text that is kept, in bytes.
  static let longestText = 120

  /// The status of the response.
  let status: UInt16
  /// The number of CSeq.
  let cseq: UInt32
  /// How far it had come: the number of its Via values.
  let viaCount: Int
  /// The reason phrase (RFC 3261 section 7.2), without control characters; empty where there is none.
  let phrase: String
  /// Warning (RFC 3261 section 20.43), as it stands there.
  let warning: String?
  /// Retry-After (RFC 3261 section 20.33), in seconds.
  let retryAfter: UInt32?
  /// Min-Expires (RFC 3261 section 20.23), or Min-SE (RFC 4028 section 5), in seconds.
  let minimum: UInt32?
  /// The extensions of Unsupported (420) or of Require (421).
  let extensions: String?
  /// Whether the challenge says that the nonce had run out, not that the answer was wrong (RFC 7616 section 3.3): with
  /// `stale`, or, as registrars do that leave it out, in the reason phrase.
  let isStale: Bool

  /// Reads a response; nil for one that is no failure.
  init?(_ message: SIPMessage, viaCount: Int) {
    guard !message.isRequest, message.status >= 300 else { return nil }
    status = message.status
    cseq = message.cseqNumber
    self.viaCount = viaCount
    func text(_ name: SIPHeaderName) -> String? {
      message.first(name).map { RefusalWords.cut(message.text($0)) }
    }
    phrase = RefusalWords.cut(message.text(message.reasonPhrase))
    warning = text(.warning)
    retryAfter = message.number(.retryAfter).map { UInt32(clamping: $0) }
    minimum = (message.number(.minExpires) ?? message.number(.minSE)).map { UInt32(clamping: $0) }
    extensions = status == 420 ? text(.unsupported) : status == 421 ? text(.require) : nil
    let challenge = message.credentials(status == 407 ? .proxyAuthenticate : .wwwAuthenticate).first
    let isMarked = challenge.map { message.span.equalsIgnoringCase("true", in: $0.stale.range) } ?? false
    isStale = isMarked || challenge != nil && phrase.lowercased().contains("nonce")
  }

  private static func cut(_ text: String) -> String {
    String(decoding: text.utf8.lazy.filter { $0 >= 0x20 && $0 != 0x7f }.prefix(longestText), as: UTF8.self)
  }

  /// Whether it stands for its request better than `other`: a later request's, or nearer who sent the same one.
  func replaces(_ other: RefusalWords?) -> Bool {
    guard let other else { return true }
    return cseq > other.cseq || cseq == other.cseq && viaCount <= other.viaCount
  }

  /// `403 Forbidden`.
  var line: String { phrase.isEmpty ? "\(status)" : "\(status) \(phrase)" }

  /// What follows in a sentence: `, Retry-After 30 s, Warning 399 ...`; empty where it says nothing more.
  var details: String {
    [
      minimum.map { "at least \($0) s are asked for" }, extensions.map { "extensions \($0)" },
      retryAfter.map { "Retry-After \($0) s" }, warning.map { "Warning \($0)" },
    ].compactMap { $0 }.map { ", \($0)" }.joined()
  }
}
