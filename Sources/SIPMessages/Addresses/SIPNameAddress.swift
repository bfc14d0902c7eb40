import ByteReading

/// One address of From, To, Contact, Route, P-Asserted-Identity and their like: `name-addr` or `addr-spec` with
/// parameters (RFC 3261 sections 20 and 25.1), as ranges of the message.
public struct SIPNameAddress: Hashable, Sendable {
  /// The display name without quotes; escapes inside are left as they are.
  public var displayName = ByteRange()

  /// The URI without angle brackets.
  public var uri = ByteRange()

  /// The value of the `tag` parameter; empty where there is none.
  public var tag = ByteRange()

  /// The parameters behind the address, the first `;` included; empty where there are none.
  public var parameters = ByteRange()

  /// What is wrong with it.
  public internal(set) var flaws: SIPFlaws = []

  /// An address of which nothing is known: what a message without the header has.
  public init() {}

  /// Reads one address, not a list, from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    self.init(bytes, in: bytes.trimmed(range.clamped(to: bytes.byteCount)))
  }

  init(_ bytes: RawSpan, in range: Range<Int>) {
    let end = range.upperBound
    var bracket: Int?
    if range.isEmpty {
      flaws.insert(.addressMalformed)
      return
    }
    let initial = bytes.byte(at: range.lowerBound)
    if initial == UInt8(ascii: "<") {
      // As nearly everybody writes it.
      bracket = range.lowerBound
      displayName = ByteRange(range.lowerBound, range.lowerBound)
    } else if initial == UInt8(ascii: "\"") {
      if let quoteEnd = bytes.endOfQuotedString(at: range.lowerBound, before: end) {
        displayName = ByteRange(range.lowerBound + 1, quoteEnd - 1)
        bracket = bytes.firstOffset(of: UInt8(ascii: "<"), in: quoteEnd..<end)
      } else {
        flaws.insert(.quoteUnbalanced)
        bracket = bytes.firstOffset(of: UInt8(ascii: "<"), in: range)
      }
    } else {
      bracket = bytes.firstOffset(of: UInt8(ascii: "<"), in: range)
      // The bracket of a parameter's value does not enclose the address.
      if let found = bracket, let semicolon = bytes.firstOffset(of: UInt8(ascii: ";"), in: range.lowerBound..<found),
        bytes.firstOffset(of: UInt8(ascii: ":"), in: range.lowerBound..<semicolon) != nil
      {
        bracket = nil
      }
      if let found = bracket {
        let name = bytes.trimmed(range.lowerBound..<found)
        displayName = ByteRange(name)
        // RFC 3261 section 25.1: without quotes a display name is tokens with white space between them.
        if !name.allSatisfy({ bytes.byte(at: $0).isTokenCharacter || bytes.byte(at: $0).isSIPSpace }) {
          flaws.insert(.addressMalformed)
        }
      }
    }
    guard let bracket else {
      readWithoutBrackets(bytes, in: displayName.isEmpty ? range : Int(displayName.end) + 1..<end)
      return
    }
    guard let close = bytes.firstOffset(of: UInt8(ascii: ">"), in: bracket + 1..<end) else {
      flaws.insert(.addressMalformed)
      uri = ByteRange(bytes.trimmed(bracket + 1..<end))
      return
    }
    let inside = bytes.trimmed(bracket + 1..<close)
    uri = ByteRange(inside)
    // RFC 4475 section 3.1.2.14: no white space around the URI inside the brackets.
    if inside.count != close - bracket - 1 || inside.isEmpty { flaws.insert(.addressMalformed) }
    readParameters(bytes, in: bytes.trimmed(close + 1..<end))
  }

  /// RFC 3261 section 20: without brackets all parameters belong to the header, and the URI may hold neither comma,
  /// question mark nor semicolon.
  private mutating func readWithoutBrackets(_ bytes: RawSpan, in range: Range<Int>) {
    let whole = bytes.trimmed(range)
    let semicolon = bytes.firstOffset(of: UInt8(ascii: ";"), in: whole) ?? whole.upperBound
    let address = bytes.trimmed(whole.lowerBound..<semicolon)
    uri = ByteRange(address)
    if address.isEmpty || bytes.firstOffset(of: UInt8(ascii: "?"), in: address) != nil
      || bytes.firstOffset(of: UInt8(ascii: " "), in: address) != nil
    {
      flaws.insert(.addressMalformed)
    }
    readParameters(bytes, in: semicolon..<whole.upperBound)
  }

  private mutating func readParameters(_ bytes: RawSpan, in range: Range<Int>) {
    guard !range.isEmpty else { return }
    parameters = ByteRange(range)
    if bytes.byte(at: range.lowerBound) != UInt8(ascii: ";") { flaws.insert(.addressMalformed) }
    var reader = ParameterReader(bytes, in: range)
    while let parameter = reader.next() {
      if tag.isEmpty, bytes.equalsIgnoringCase("tag", in: parameter.name) { tag = ByteRange(parameter.value) }
    }
    if reader.sawEmpty { flaws.insert(.separatorExtraneous) }
  }
}
