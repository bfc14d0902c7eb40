extension ServiceDocument {
  /// The kind, as the key under which reports show it.
  public var kind: String {
    switch content {
    case .serviceSubscription: "service_profile"
    case .registrationInformation: "reginfo"
    case .presence: "presence"
    case .conference: "conference_info"
    case .dialogs: "dialog_info"
    case .resourceLists: "resource_lists"
    case .ims: "ims"
    case .messageSummary: "message_summary"
    case .fragment: "sipfrag"
    case .shortMessage: "sms"
    case .commonPresenceMessage: "cpim"
    case .isup: "isup"
    case .unknownXML: "xml"
    case .unknown: "unknown"
    }
  }

  /// What it says, for reports. Texts of short messages are secrets: they are among it only where they are asked for.
  public func fields(withTexts: Bool = false) -> DocumentFields {
    var fields: DocumentFields
    switch content {
    case .serviceSubscription(let document): fields = document.fields
    case .registrationInformation(let document): fields = document.fields
    case .presence(let document): fields = document.fields
    case .conference(let document): fields = document.fields
    case .dialogs(let document): fields = document.fields
    case .resourceLists(let document): fields = document.fields
    case .ims(let document): fields = document.fields
    case .messageSummary(let document): fields = document.fields
    case .fragment(let document): fields = document.fields
    case .shortMessage(let document): fields = document.fields(withTexts: withTexts)
    case .commonPresenceMessage(let document): fields = document.fields
    case .isup(let document): fields = document.fields
    case .unknownXML(let root):
      fields = DocumentFields()
      fields.add("root", root)
    case .unknown:
      fields = DocumentFields()
    }
    fields.add("flaw", flaw?.rawValue)
    return fields
  }
}
