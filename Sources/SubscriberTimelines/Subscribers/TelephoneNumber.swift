/// Compares telephone numbers as they stand in identities, and in short messages with or without the country.
enum TelephoneNumber {
  /// The shortest end that two numbers of different length must share: a national number without its prefix.
  private static let shortestCommonEnd = 7

  /// The digits that an identity, or the text of an address, consists of; nil where it is no number.
  static func digits(_ text: String) -> Substring? {
    let part = text.utf8.contains(UInt8(ascii: ":")) ? IdentityText.userPart(text) : text[...]
    let digits = part.utf8.first == UInt8(ascii: "+") ? part.dropFirst() : part
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return digits
  }

  /// Whether two numbers are the same, or one is the other without its country (or with a zero in its place).
  static func areSame(_ first: Substring, _ second: Substring) -> Bool {
    if first == second { return true }
    let (first, second) = (first.drop { $0 == "0" }, second.drop { $0 == "0" })
    let (long, short) = first.utf8.count >= second.utf8.count ? (first, second) : (second, first)
    return short.utf8.count >= shortestCommonEnd && long.hasSuffix(short)
  }
}
