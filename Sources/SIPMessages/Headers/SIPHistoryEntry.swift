import ByteReading

/// One value of History-Info (RFC 7044): one target that the request was sent to.
public struct SIPHistoryEntry: Hashable, Sendable {
  /// The target; its URI may carry the Reason among its headers.
  public var address: SIPNameAddress

  /// The place in the tree of targets, such as `1.2`.
  public var index = ByteRange()

  /// The entry whose contact this one is.
  public var recursionOf = ByteRange()

  /// The entry of which this one is another user.
  public var mappedFrom = ByteRange()

  /// The entry that this one repeats.
  public var unchangedFrom = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    address = SIPNameAddress(bytes, in: value)
    var reader = ParameterReader(bytes, in: address.parameters.range)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("index", in: parameter.name) {
        index = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("rc", in: parameter.name) {
        recursionOf = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("mp", in: parameter.name) {
        mappedFrom = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("np", in: parameter.name) {
        unchangedFrom = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }

  /// Why the request left this target: the `cause` parameter of the URI (RFC 4458), such as 302 or 486; nil where it is
  /// not given.
  public func cause(in bytes: RawSpan) -> UInt16? {
    SIPURI(parsing: bytes, in: address.uri).parameter("cause", in: bytes).flatMap { bytes.integer(in: $0.range) }
  }
}

extension SIPMessage {
  /// The targets of the request in order.
  public func history() -> [SIPHistoryEntry] {
    values(.historyInfo).map { SIPHistoryEntry(parsing: span, in: $0) }
  }
}
