import ByteReading

/// A message of the transfer layer of the short message service (TS 23.040 section 9.2.2).
public struct ShortMessage: Hashable, Sendable {
  /// The kind of message (TS 23.040 section 9.2.3.1).
  public enum Kind: String, Sendable {
    /// To the recipient.
    case deliver = "SMS-DELIVER"
    /// What the recipient says of it.
    case deliverReport = "SMS-DELIVER-REPORT"
    /// From the sender.
    case submit = "SMS-SUBMIT"
    /// What the service centre says of it.
    case submitReport = "SMS-SUBMIT-REPORT"
    /// What became of it.
    case statusReport = "SMS-STATUS-REPORT"
    /// About one that was sent before.
    case command = "SMS-COMMAND"
  }

  /// The kind; nil where the type is reserved.
  public var kind: Kind?
  /// The message reference of the sender: that of a status report is that of the message submitted.
  public var reference: UInt8?
  /// The other party: originator of a DELIVER, destination of a SUBMIT or COMMAND, recipient of a STATUS-REPORT.
  public var address: TelephoneAddress?
  /// The protocol identifier (TS 23.040 section 9.2.3.9).
  public var protocolIdentifier: UInt8?
  /// When the service centre received it.
  public var timestamp: ServiceCentreTime?
  /// When the recipient had it, or the last try was made.
  public var dischargeTime: ServiceCentreTime?
  /// What became of it (TP-Status).
  public var status: UInt8?
  /// Why it was refused (TP-Failure-Cause).
  public var failureCause: UInt8?
  /// How long it may wait, in minutes, where it is given relatively.
  public var validityMinutes: UInt32?
  /// Until when it may wait, where it is given absolutely.
  public var validityTime: ServiceCentreTime?
  /// What a COMMAND asks for: 0 enquiry, 1 cancel status report request, 2 delete, 3 enable it (TS 23.040 section
  /// 9.2.3.19).
  public var command: UInt8?
  /// The reference of the message that a COMMAND is about.
  public var commandReference: UInt8?
  /// Whether more messages wait at the service centre.
  public var hasMoreMessages: Bool?
  /// Whether the sender wants, or the recipient's network sends, a status report.
  public var wantsStatusReport: Bool?
  /// Whether a reply path is set.
  public var hasReplyPath = false
  /// The user data.
  public var content: ShortMessageContent?
  /// What kept it from being read to its end.
  public var flaw: DocumentFlaw?
  /// Where in its bytes the text lies, or, where it could not be read to its end, what was not read and may hold it.
  public private(set) var textPlace = 0..<0

  /// Reads a message that goes to or comes from a UE, in data of the relay layer or, as a report, in its confirmation.
  public init(parsing bytes: RawSpan, isToMobile: Bool, isReport: Bool = false, isError: Bool = false) {
    guard bytes.byteCount > 0 else {
      flaw = .empty
      return
    }
    let first = bytes.byte(at: 0)
    kind = ShortMessage.kind(type: first & 3, isToMobile: isToMobile, isReport: isReport)
    guard kind != nil else {
      flaw = .valueForbidden
      textPlace = 1..<bytes.byteCount
      return
    }
    var cursor = ByteCursor(bytes)
    do {
      _ = try cursor.readUInt8()
      try read(&cursor, first: first, isError: isError)
      textPlace = content?.textPlace ?? 0..<0
    } catch {
      flaw = .truncated
      textPlace = min(max(1, Int(error.offset)), bytes.byteCount)..<bytes.byteCount
    }
  }

  private static func kind(type: UInt8, isToMobile: Bool, isReport: Bool) -> Kind? {
    switch (type, isToMobile) {
    case (0, true): .deliver
    case (0, false): .deliverReport
    case (1, true): .submitReport
    case (1, false): .submit
    case (2, true): .statusReport
    case (2, false): .command
    // The reserved type is read as DELIVER (TS 23.040 section 9.2.3.1), but never in a confirmation.
    default: isToMobile && !isReport ? .deliver : nil
    }
  }

  private mutating func read(_ cursor: inout ByteCursor, first: UInt8, isError: Bool) throws(ParseFailure) {
    let hasHeader = first & 0x40 != 0
    switch kind {
    case .deliver:
      hasMoreMessages = first & 0x04 == 0
      wantsStatusReport = first & 0x20 != 0
      hasReplyPath = first & 0x80 != 0
      address = try TelephoneAddress(transfer: &cursor)
      protocolIdentifier = try cursor.readUInt8()
      let coding = DataCodingScheme(value: try cursor.readUInt8())
      timestamp = try ServiceCentreTime(&cursor)
      content = try ShortMessageContent(&cursor, coding: coding, hasHeader: hasHeader)
    case .submit:
      wantsStatusReport = first & 0x20 != 0
      hasReplyPath = first & 0x80 != 0
      reference = try cursor.readUInt8()
      address = try TelephoneAddress(transfer: &cursor)
      protocolIdentifier = try cursor.readUInt8()
      let coding = DataCodingScheme(value: try cursor.readUInt8())
      try readValidity(&cursor, format: first >> 3 & 3)
      content = try ShortMessageContent(&cursor, coding: coding, hasHeader: hasHeader)
    case .statusReport:
      hasMoreMessages = first & 0x04 == 0
      reference = try cursor.readUInt8()
      address = try TelephoneAddress(transfer: &cursor)
      timestamp = try ServiceCentreTime(&cursor)
      dischargeTime = try ServiceCentreTime(&cursor)
      status = try cursor.readUInt8()
      if cursor.remaining > 0 { try readParameters(&cursor, hasHeader: hasHeader) }
    case .deliverReport, .submitReport:
      if isError { failureCause = try cursor.readUInt8() }
      let indicator = try cursor.readUInt8()
      if kind == .submitReport { timestamp = try ServiceCentreTime(&cursor) }
      try readParameters(&cursor, indicator: indicator, hasHeader: hasHeader)
    case .command:
      wantsStatusReport = first & 0x20 != 0
      reference = try cursor.readUInt8()
      protocolIdentifier = try cursor.readUInt8()
      command = try cursor.readUInt8()
      commandReference = try cursor.readUInt8()
      address = try TelephoneAddress(transfer: &cursor)
      _ = try cursor.readRange(Int(cursor.readUInt8()))
    case nil:
      break
    }
  }

  /// TP-Validity-Period (TS 23.040 section 9.2.3.12) in one of its three formats.
  private mutating func readValidity(_ cursor: inout ByteCursor, format: UInt8) throws(ParseFailure) {
    switch format {
    case 2: validityMinutes = ShortMessage.minutes(try cursor.readUInt8())
    case 3: validityTime = try ServiceCentreTime(&cursor)
    case 1: _ = try cursor.readRange(7)
    default: break
    }
  }

  /// TP-VP, relative format (TS 23.040 section 9.2.3.12.1).
  private static func minutes(_ value: UInt8) -> UInt32 {
    let value = UInt32(value)
    switch value {
    case 0...143: return (value + 1) * 5
    case 144...167: return 720 + (value - 143) * 30
    case 168...196: return (value - 166) * 1440
    default: return (value - 192) * 10_080
    }
  }

  /// What TP-Parameter-Indicator announces (TS 23.040 section 9.2.3.27).
  private mutating func readParameters(
    _ cursor: inout ByteCursor, indicator given: UInt8? = nil, hasHeader: Bool
  ) throws(ParseFailure) {
    let indicator = if let given { given } else { try cursor.readUInt8() }
    var extended = indicator
    while extended & 0x80 != 0 { extended = try cursor.readUInt8() }
    if indicator & 1 != 0 { protocolIdentifier = try cursor.readUInt8() }
    var coding = DataCodingScheme(value: 0)
    if indicator & 2 != 0 { coding = DataCodingScheme(value: try cursor.readUInt8()) }
    if indicator & 4 != 0 { content = try ShortMessageContent(&cursor, coding: coding, hasHeader: hasHeader) }
  }
}

extension ShortMessage {
  /// For reports; the text only where it is asked for.
  func fields(withTexts: Bool) -> DocumentFields {
    var fields = DocumentFields()
    fields.add("message", kind?.rawValue)
    fields.add("reference", reference)
    fields.add("address", address?.text)
    fields.add("protocol_identifier", protocolIdentifier)
    fields.add("timestamp", timestamp?.text)
    fields.add("discharge_time", dischargeTime?.text)
    fields.add("status", status)
    fields.add("status_name", status.flatMap { ShortMessageResult.statusName($0) })
    fields.add("status_group", status.map { ShortMessageResult.statusGroup($0) })
    fields.add("failure_cause", failureCause)
    fields.add("failure_cause_name", failureCause.flatMap { ShortMessageResult.failureName($0) })
    fields.add("validity_minutes", validityMinutes)
    fields.add("validity_time", validityTime?.text)
    fields.add("command", command)
    fields.add("command_reference", commandReference)
    fields.add("more_messages", hasMoreMessages)
    fields.add("status_report", wantsStatusReport)
    if hasReplyPath { fields.add("reply_path", true) }
    fields.add("user_data", content?.fields(withTexts: withTexts))
    return fields
  }
}
