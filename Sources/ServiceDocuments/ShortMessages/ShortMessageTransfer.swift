import ByteReading

/// A message of the relay layer, which carries short messages between a UE and the SMS centre: in IMS the body of a
/// MESSAGE (TS 24.011 section 7.3, TS 24.341 section 5.3, `application/vnd.3gpp.sms`).
public struct ShortMessageTransfer: Hashable, Sendable {
  /// The kind of message (TS 24.011 table 8.3).
  public enum Kind: UInt8, Sendable {
    /// Carries a short message.
    case data = 0
    /// Confirms one.
    case acknowledgement = 1
    /// Refuses one.
    case error = 2
    /// Tells that there is room again.
    case memoryAvailable = 3

    /// The name of the standard.
    public var name: String {
      switch self {
      case .data: "RP-DATA"
      case .acknowledgement: "RP-ACK"
      case .error: "RP-ERROR"
      case .memoryAvailable: "RP-SMMA"
      }
    }
  }

  /// The kind; nil where the type is reserved.
  public var kind: Kind?
  /// Whether it goes from the network to the UE.
  public var isToMobile = false
  /// The message reference: that of an acknowledgement or error is that of the data.
  public var reference: UInt8?
  /// The SMS centre, where it goes to the UE.
  public var originator: TelephoneAddress?
  /// The SMS centre, where it comes from the UE.
  public var destination: TelephoneAddress?
  /// Why it was refused.
  public var cause: RelayCause?
  /// The message of the transfer layer inside.
  public var message: ShortMessage?
  /// What kept it from being read to its end.
  public var flaw: DocumentFlaw?
  /// Where in its bytes the text of the message inside lies, or, where it could not be read to its end, what was not read
  /// and may hold it.
  public private(set) var textPlace = 0..<0

  /// The identifier of RP-User data where it is optional (TS 24.011 section 8.2.5.3).
  private static let userDataIdentifier: UInt8 = 0x41

  /// Reads a message of the relay layer.
  public init(parsing bytes: RawSpan) {
    guard bytes.byteCount > 0 else {
      flaw = .empty
      return
    }
    var cursor = ByteCursor(bytes)
    do {
      try read(&cursor)
      if message == nil, flaw != nil { textPlace = cursor.offset..<bytes.byteCount }
    } catch {
      flaw = .truncated
      textPlace = min(max(1, Int(error.offset)), bytes.byteCount)..<bytes.byteCount
    }
  }

  private mutating func read(_ cursor: inout ByteCursor) throws(ParseFailure) {
    // Bits 1 to 3: the type; even ones come from the UE, odd ones from the network (TS 24.011 section 8.2.2).
    let type = try cursor.readUInt8() & 7
    kind = Kind(rawValue: type >> 1)
    isToMobile = type & 1 != 0
    reference = try cursor.readUInt8()
    guard kind != .memoryAvailable || !isToMobile else {
      kind = nil
      flaw = .valueForbidden
      return
    }
    switch kind {
    case .data:
      originator = try TelephoneAddress(relay: &cursor)
      destination = try TelephoneAddress(relay: &cursor)
      try readUserData(&cursor)
    case .acknowledgement:
      try readOptionalUserData(&cursor)
    case .error:
      let value = try cursor.readRange(Int(cursor.readUInt8()))
      guard !value.isEmpty else {
        flaw = .valueForbidden
        return
      }
      cause = RelayCause(
        code: cursor.bytes.byte(at: value.lowerBound) & 0x7f,
        diagnostic: value.count > 1 ? cursor.bytes.byte(at: value.lowerBound + 1) : nil)
      try readOptionalUserData(&cursor)
    case .memoryAvailable, nil:
      break
    }
  }

  private mutating func readOptionalUserData(_ cursor: inout ByteCursor) throws(ParseFailure) {
    guard cursor.remaining > 0 else { return }
    guard try cursor.readUInt8() == ShortMessageTransfer.userDataIdentifier else {
      flaw = .valueForbidden
      return
    }
    try readUserData(&cursor)
  }

  private mutating func readUserData(_ cursor: inout ByteCursor) throws(ParseFailure) {
    let content = try cursor.readRange(Int(cursor.readUInt8()))
    guard !content.isEmpty else { return }
    let message = ShortMessage(
      parsing: cursor.bytes.extracting(content), isToMobile: isToMobile, isReport: kind != .data,
      isError: kind == .error)
    flaw = message.flaw
    textPlace = content.lowerBound + message.textPlace.lowerBound..<content.lowerBound + message.textPlace.upperBound
    self.message = message
  }

  /// For reports; texts only where they are asked for.
  public func fields(withTexts: Bool) -> DocumentFields {
    var fields = DocumentFields()
    fields.add("rp_message", kind?.name)
    fields.add("direction", isToMobile ? "to_mobile" : "from_mobile")
    fields.add("rp_reference", reference)
    fields.add("rp_originator", originator?.text)
    fields.add("rp_destination", destination?.text)
    fields.add("rp_cause", cause?.code)
    fields.add("rp_cause_name", cause?.name)
    fields.add("rp_diagnostic", cause?.diagnostic)
    fields.add("tp", message?.fields(withTexts: withTexts))
    return fields
  }
}
