import ByteReading

/// Replaces (RFC 3891), Join (RFC 3911) or Target-Dialog (RFC 4538): names another dialog.
public struct SIPDialogReference: Hashable, Sendable {
  /// The Call-ID of that dialog.
  public var callID = ByteRange()

  /// Its To tag (Replaces, Join).
  public var toTag = ByteRange()

  /// Its From tag (Replaces, Join).
  public var fromTag = ByteRange()

  /// Its local tag as the receiver sees it (Target-Dialog).
  public var localTag = ByteRange()

  /// Its remote tag as the receiver sees it (Target-Dialog).
  public var remoteTag = ByteRange()

  /// Whether only an early dialog may be replaced.
  public var earlyOnly = false

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    callID = ByteRange(bytes.trimmed(value.lowerBound..<headEnd))
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("to-tag", in: parameter.name) {
        toTag = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("from-tag", in: parameter.name) {
        fromTag = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("local-tag", in: parameter.name) {
        localTag = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("remote-tag", in: parameter.name) {
        remoteTag = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("early-only", in: parameter.name) {
        earlyOnly = true
      }
    }
  }
}

extension SIPMessage {
  /// The dialog that this one replaces; nil where the header is absent.
  public var replaces: SIPDialogReference? {
    first(.replaces).map { SIPDialogReference(parsing: span, in: $0) }
  }

  /// The dialog that this one joins; nil where the header is absent.
  public var join: SIPDialogReference? {
    first(.join).map { SIPDialogReference(parsing: span, in: $0) }
  }

  /// The dialog that the request refers to; nil where the header is absent.
  public var targetDialog: SIPDialogReference? {
    first(.targetDialog).map { SIPDialogReference(parsing: span, in: $0) }
  }
}
