import SIPMessages

/// Reads the media of a session from its descriptions.
enum SessionMedia {
  /// What one description offers to receive; `from` is not known from it.
  static func streams(of message: SIPMessage) -> [MediaStream] {
    []
  }

  /// The streams that offer and answer agree on: each side sends to the address that the other one gave (RFC 3264).
  static func agreed(offered: [MediaStream], answered: [MediaStream]) -> [MediaStream] {
    []
  }
}
