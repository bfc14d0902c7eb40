import CaptureFacts

/// The session timer of a call (RFC 4028): without a refresh in this time, the session ends.
struct SessionTimer {
  /// Session-Expires, in seconds.
  let seconds: UInt32
  /// Who refreshes, `uac` or `uas` of the request that agreed on it; nil where the response leaves it out.
  let refresher: String?
  /// When it was agreed on, or refreshed, last.
  let start: Timestamp
  /// The response that did.
  let frame: FrameReference

  /// Whether a BYE at `time` is one that the timer makes a node send: from min(32 s, a third of the interval) before it
  /// runs out (RFC 4028 section 10) to one transaction after.
  func isExpired(at time: Timestamp) -> Bool {
    let interval = Int64(seconds) * 1_000_000_000
    let guardTime = min(32_000_000_000, interval / 3)
    let passed = time.nanoseconds(since: start)
    // A second more: nodes count from when they sent, the capture from when it saw.
    return seconds > 0 && passed >= interval - guardTime - 1_000_000_000 && passed <= interval + 33_000_000_000
  }
}
