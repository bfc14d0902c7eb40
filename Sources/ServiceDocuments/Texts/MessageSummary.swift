import ByteReading

/// Which messages wait for a user (RFC 3842 section 5.2, `application/simple-message-summary`).
public struct MessageSummary: Hashable, Sendable {
  /// The messages of one kind.
  public struct MessageClass: Hashable, Sendable {
    /// The kind: `voice-message`, `fax-message`, `multimedia-message`, `text-message`, ...
    public var name: String
    /// New ones.
    public var new: UInt32
    /// Those heard or read.
    public var old: UInt32
    /// New ones that are urgent.
    public var newUrgent: UInt32?
    /// Others that are urgent.
    public var oldUrgent: UInt32?
  }

  /// The most kinds that are kept: seven are defined.
  private static let mostClasses = 32

  /// Whether any message waits; nil where it is not said.
  public var isWaiting: Bool?
  /// The account that they are for.
  public var account: String?
  /// The messages by kind.
  public var classes: [MessageClass] = []

  init(parsing bytes: RawSpan) {
    var lines = TextLines(bytes)
    while let line = lines.next() {
      guard let (name, value) = TextLines.field(bytes.text(in: line)) else { continue }
      let lowered = name.lowercased()
      switch lowered {
      case "messages-waiting": isWaiting = value.lowercased() == "yes"
      case "message-account": account = value
      default:
        guard classes.count < MessageSummary.mostClasses, let counts = MessageSummary.counts(value) else { continue }
        classes.append(
          MessageClass(
            name: lowered, new: counts.0, old: counts.1, newUrgent: counts.urgent?.0, oldUrgent: counts.urgent?.1))
      }
    }
  }

  /// `4/8 (1/2)`: new and old, and of these the urgent ones.
  private static func counts(_ text: String) -> (UInt32, UInt32, urgent: (UInt32, UInt32)?)? {
    let numbers = text.split { !$0.isASCII || !$0.isNumber }.map { UInt32($0) }
    guard numbers.count >= 2, let new = numbers[0], let old = numbers[1] else { return nil }
    guard numbers.count >= 4, let newUrgent = numbers[2], let oldUrgent = numbers[3] else { return (new, old, nil) }
    return (new, old, (newUrgent, oldUrgent))
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("waiting", isWaiting)
    fields.add("account", account)
    fields.add(
      "classes",
      classes.map { messages in
        var fields = DocumentFields()
        fields.add("class", messages.name)
        fields.add("new", messages.new)
        fields.add("old", messages.old)
        fields.add("new_urgent", messages.newUrgent)
        fields.add("old_urgent", messages.oldUrgent)
        return fields
      })
    return fields
  }
}
