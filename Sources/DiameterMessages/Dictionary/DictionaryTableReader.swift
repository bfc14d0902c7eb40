import CaptureFacts

/// Reads the text form of the tables of the standards. One definition a line, words apart by one space:
///
///     vendor 10415 3GPP                              what follows is of this vendor
///     application 16777216 Cx 3GPP Cx and Dx         identifier, interface, name
///     command 300 UA User-Authorization              code, abbreviation, name
///     experimental 2001 DIAMETER_FIRST_REGISTRATION  result of the vendor
///     614 Server-Assignment-Type Enumerated          an AVP; `secret keys` or another kind behind it
///     = 0 NO_ASSIGNMENT                              value of the AVP above
///
/// The tables are part of the program: a line that is none of these is counted and left out, and a test asks for the
/// count.
struct DictionaryTableReader {
  /// What has been read.
  private(set) var dictionary: DiameterDictionary

  /// How many lines were no definition.
  private(set) var linesNotUnderstood = 0

  private var vendor: UInt32 = DiameterVendor.none
  private var attribute: DiameterAttributeDefinition?

  /// Adds to what `dictionary` holds.
  init(_ dictionary: DiameterDictionary) {
    self.dictionary = dictionary
  }

  /// Reads a table; each begins without a vendor.
  mutating func read(_ table: String) {
    vendor = DiameterVendor.none
    let text = Array(table.utf8)
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      if end > start, !readLine(text[start..<end]) { linesNotUnderstood += 1 }
      start = end + 1
    }
    finishAttribute()
  }

  private mutating func readLine(_ line: ArraySlice<UInt8>) -> Bool {
    var words = Words(rest: line)
    let first = words.next()
    if first.first == UInt8(ascii: "=") {
      guard let value = number(words.next()), attribute != nil else { return false }
      let name = text(words.rest)
      attribute?.valueNames[value] = name
      return true
    }
    finishAttribute()
    if let code = number(first) {
      let name = text(words.next())
      guard let type = DiameterAttributeType(rawValue: text(words.next())) else { return false }
      var secret: SecretKind?
      if !words.rest.isEmpty {
        guard text(words.next()) == "secret", let kind = SecretKind(rawValue: text(words.rest)) else { return false }
        secret = kind
      }
      attribute = DiameterAttributeDefinition(code: code, vendor: vendor, name: name, type: type, secret: secret)
      return true
    }
    guard let code = number(words.next()) else { return false }
    switch text(first) {
    case "vendor":
      vendor = code
      dictionary.defineVendor(code, name: text(words.rest))
    case "application":
      let interface = text(words.next())
      dictionary.define(
        DiameterApplicationDefinition(identifier: code, interface: interface, name: text(words.rest)))
    case "command":
      let abbreviation = text(words.next())
      dictionary.define(DiameterCommandDefinition(code: code, name: text(words.rest), abbreviation: abbreviation))
    case "experimental": dictionary.defineExperimentalResult(code, vendor: vendor, name: text(words.rest))
    default: return false
    }
    return true
  }

  private mutating func finishAttribute() {
    if let attribute { dictionary.define(attribute) }
    attribute = nil
  }

  private func number(_ word: ArraySlice<UInt8>) -> UInt32? {
    guard !word.isEmpty, word.count <= 10 else { return nil }
    var value: UInt64 = 0
    for digit in word {
      guard digit &- 0x30 < 10 else { return nil }
      value = value * 10 + UInt64(digit - 0x30)
    }
    return UInt32(exactly: value)
  }

  private func text(_ word: ArraySlice<UInt8>) -> String {
    String(decoding: word, as: UTF8.self)
  }

  /// The words of a line.
  private struct Words {
    var rest: ArraySlice<UInt8>

    mutating func next() -> ArraySlice<UInt8> {
      let end = rest.firstIndex(of: UInt8(ascii: " ")) ?? rest.endIndex
      defer { rest = rest[min(end + 1, rest.endIndex)...] }
      return rest[..<end]
    }
  }
}
