import CaptureFacts

/// An address or an SPI with wildcards, as Wireshark has them in `esp_sa`: `*` alone is anything; within a text it stands
/// for one character, and in a dotted address also for one number.
struct AssociationPattern {
  private let text: [UInt8]
  private let exact: IPAddress?
  private static let any = UInt8(ascii: "*")

  /// Takes the text as it is written.
  init(_ text: some StringProtocol) {
    self.text = Array(text.utf8)
    exact = IPAddress(String(text))
  }

  private var isAny: Bool { text == [AssociationPattern.any] }

  /// Whether a text has this form.
  func matches(_ candidate: [UInt8]) -> Bool {
    isAny || AssociationPattern.matches(text[...], candidate[...])
  }

  /// Whether an address has this form.
  func matches(_ address: IPAddress) -> Bool {
    if isAny { return true }
    if let exact { return exact == address }
    let candidate = Array(address.description.utf8)
    if AssociationPattern.matches(text[...], candidate[...]) { return true }
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let numbers = candidate.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard address.isV4, parts.count == 4 else { return false }
    return zip(parts, numbers).allSatisfy { part, number in
      part == [AssociationPattern.any] || AssociationPattern.matches(part, number)
    }
  }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ candidate: ArraySlice<UInt8>) -> Bool {
    pattern.count == candidate.count && zip(pattern, candidate).allSatisfy { $0 == any || $0 == $1 }
  }

  /// The eight digits of an SPI.
  static func digits(of spi: UInt32) -> [UInt8] {
    (0..<8).map { place in
      let digit = UInt8(truncatingIfNeeded: spi >> UInt32(28 - 4 * place) & 0xf)
      return digit < 10 ? 0x30 + digit : 0x61 + digit - 10
    }
  }
}
