import ByteReading

/// One value of Contact (RFC 3261 section 20.10, RFC 5626, RFC 3840): an address, and in REGISTER a binding. Feature tags
/// such as `+g.3gpp.smsip` are found among the parameters of the address.
public struct SIPContact: Hashable, Sendable {
  /// The address; its URI is `*` where all bindings are meant.
  public var address: SIPNameAddress

  /// How long the binding lasts, in seconds.
  public var expires: UInt32?

  /// The preference, as a decimal fraction from 0 to 1.
  public var preference = ByteRange()

  /// The device: a URN in its angle brackets.
  public var instance = ByteRange()

  /// Tells the flows of one device apart.
  public var registrationID: UInt32?

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    address = SIPNameAddress(bytes, in: value)
    var reader = ParameterReader(bytes, in: address.parameters.range)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("expires", in: parameter.name) {
        expires = bytes.unquotedInteger(in: parameter.value)
      } else if bytes.equalsIgnoringCase("q", in: parameter.name) {
        preference = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("+sip.instance", in: parameter.name) {
        instance = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("reg-id", in: parameter.name) {
        registrationID = bytes.unquotedInteger(in: parameter.value)
      }
    }
  }

  /// Whether it is `*`: all bindings of the address of record (RFC 3261 section 10.2.2).
  public func isWildcard(in bytes: RawSpan) -> Bool {
    address.uri.count == 1 && Int(address.uri.start) < bytes.byteCount
      && bytes.byte(at: Int(address.uri.start)) == UInt8(ascii: "*")
  }

  /// The value of the feature tag or other parameter `name`, given in lower case; nil where it is absent, empty where it
  /// has no value.
  public func feature(_ name: StaticString, in bytes: RawSpan) -> ByteRange? {
    ParameterReader.value(of: name, in: bytes, address.parameters.clamped(to: bytes.byteCount))
  }
}

extension SIPMessage {
  /// The contacts.
  public func contacts() -> [SIPContact] {
    values(.contact).map { SIPContact(parsing: span, in: $0) }
  }
}
