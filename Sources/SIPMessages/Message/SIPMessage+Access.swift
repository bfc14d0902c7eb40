import ByteReading

extension SIPMessage {
  /// The bytes as a span, for the parsers of header values.
  public var span: RawSpan {
    @_lifetime(borrow self)
    get { unsafe bytes.span.bytes }
  }

  /// The bytes of `range` as text; bytes that are not UTF-8 are replaced by U+FFFD.
  public func text(_ range: ByteRange) -> String {
    span.text(in: range.clamped(to: bytes.count))
  }

  /// The value of the first field called `name`; nil where there is none.
  public func first(_ name: SIPHeaderName) -> ByteRange? {
    guard names.contains(name) else { return nil }
    for field in fields where field.name == name { return field.value }
    return nil
  }

  /// The values of all fields called `name`: where the header is a list its elements, commas in quoted strings and
  /// between `<` and `>` respected; otherwise each whole value.
  public func values(_ name: SIPHeaderName) -> [ByteRange] {
    var values: [ByteRange] = []
    guard names.contains(name) else { return values }
    let isList = name.isList
    for field in fields where field.name == name {
      guard isList else {
        values.append(field.value)
        continue
      }
      var elements = ListReader(span, in: field.value.clamped(to: bytes.count))
      while let element = elements.next() { values.append(ByteRange(element)) }
    }
    return values
  }

  /// The elements of a field whose value is a comma-separated list, commas in quoted strings and between `<` and `>`
  /// respected.
  public func elements(of field: SIPHeaderField) -> [ByteRange] {
    var values: [ByteRange] = []
    var elements = ListReader(span, in: field.value.clamped(to: bytes.count))
    while let element = elements.next() { values.append(ByteRange(element)) }
    return values
  }

  /// The addresses in all fields called `name`. The header must be one that holds addresses, such as From, Contact,
  /// Route or P-Asserted-Identity.
  public func addresses(_ name: SIPHeaderName) -> [SIPNameAddress] {
    values(name).map { SIPNameAddress(span, in: $0.range) }
  }

  /// The first address in the fields called `name`; nil where there is none.
  public func firstAddress(_ name: SIPHeaderName) -> SIPNameAddress? {
    guard names.contains(name) else { return nil }
    for field in fields where field.name == name {
      guard name.isList else { return SIPNameAddress(span, in: field.value.range) }
      var elements = ListReader(span, in: field.value.range)
      if let element = elements.next() { return SIPNameAddress(span, in: element) }
    }
    return nil
  }

  /// All Via values, topmost first; as many as `viaCount`.
  public func vias() -> [SIPVia] {
    // What only holds separators is no hop (RFC 4475 section 3.1.2.1).
    values(.via).filter { span.byte(at: Int($0.start)) != UInt8(ascii: ";") }
      .map { SIPVia(span, in: $0.range) }
  }

  /// The value, without quotes, of `parameter` (given in lower case) of the first field called `name`; nil where there is
  /// none, empty where it has no value. In Authorization and its like the parameters between commas are searched.
  public func parameter(_ parameter: StaticString, of name: SIPHeaderName) -> ByteRange? {
    guard let value = first(name) else { return nil }
    switch name {
    case .authorization, .proxyAuthorization, .wwwAuthenticate, .proxyAuthenticate, .authenticationInfo:
      return SIPCredentials.parameter(parameter, in: span, value)
    default:
      return self.parameter(parameter, in: value)
    }
  }

  /// The value, without quotes, of `parameter` (given in lower case) in `value`, one header value or element of a list:
  /// parameters stand behind `;`. Parameters inside `<` and `>` belong to the URI and are not searched.
  public func parameter(_ parameter: StaticString, in value: ByteRange) -> ByteRange? {
    ParameterReader.value(of: parameter, in: span, value.clamped(to: bytes.count))
  }

  /// The URI in `range`, such as that of an address or the Request-URI.
  public func uri(_ range: ByteRange) -> SIPURI {
    SIPURI(parsing: span, in: range)
  }

  /// The identity that the URI in `range` names: see `SIPURI.identity(in:)`.
  public func identity(_ range: ByteRange) -> String {
    uri(range).identity(in: span)
  }

  /// The value of the first field called `name` as a number; nil where it is absent or none. Parameters behind `;` and
  /// a comment in parentheses are left aside, so that it serves Expires, Min-Expires, RSeq, Retry-After and their like.
  public func number(_ name: SIPHeaderName) -> UInt64? {
    first(name).flatMap { number(in: $0) }
  }

  /// The number at the front of a value; nil where there is none.
  public func number(in range: ByteRange) -> UInt64? {
    let value = range.clamped(to: bytes.count)
    var end = value.lowerBound
    while end < value.upperBound, span.byte(at: end).isDigit { end += 1 }
    return span.decimal(in: value.lowerBound..<end)
  }

  /// The credentials or challenges in all fields called `name`: Authorization, Proxy-Authorization, WWW-Authenticate or
  /// Proxy-Authenticate.
  public func credentials(_ name: SIPHeaderName) -> [SIPCredentials] {
    values(name).map { SIPCredentials(parsing: span, in: $0) }
  }

  /// Whether an option tag (RFC 3261 section 19.2) stands in `name`: Supported, Require, Proxy-Require or Unsupported.
  public func hasOptionTag(_ tag: StaticString, in name: SIPHeaderName) -> Bool {
    for field in fields where field.name == name {
      var elements = ListReader(span, in: field.value.range)
      while let element = elements.next() {
        if span.equalsIgnoringCase(tag, in: element) { return true }
      }
    }
    return false
  }
}
