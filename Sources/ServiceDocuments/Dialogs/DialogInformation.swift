/// The state of the dialogs of a user (RFC 4235 section 4, `application/dialog-info+xml`).
public struct DialogInformation: Hashable, Sendable {
  /// One dialog.
  public struct Dialog: Hashable, Sendable {
    /// The identifier inside this document.
    public var identifier: String?
    /// The Call-ID.
    public var callID: String?
    /// The tag of the user that the document is about.
    public var localTag: String?
    /// The tag of the other end.
    public var remoteTag: String?
    /// `initiator` or `recipient`: whether the user sent the request.
    public var direction: String?
    /// `trying`, `proceeding`, `early`, `confirmed` or `terminated`.
    public var state: String?
    /// What ended it: `cancelled`, `rejected`, `replaced`, `local-bye`, `remote-bye`, `error`, `timeout`.
    public var event: String?
    /// The status code of the response behind the state.
    public var code: UInt16?
    /// The identity of the user.
    public var localIdentity: String?
    /// The identity of the other end.
    public var remoteIdentity: String?
  }

  /// Whose dialogs they are.
  public var entity: String?
  /// Whether it tells everything, else only what changed.
  public var isFull = true
  /// The version.
  public var version: UInt32?
  /// The dialogs.
  public var dialogs: [Dialog] = []

  init(_ root: XMLElement) {
    entity = root.attribute("entity")
    isFull = root.attribute("state") != "partial"
    version = root.number(attribute: "version")
    dialogs = root.children("dialog").map { Dialog($0) }
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("entity", entity)
    fields.add("state", isFull ? "full" : "partial")
    fields.add("version", version)
    fields.add("dialogs", dialogs.map(\.fields))
    return fields
  }
}

extension DialogInformation.Dialog {
  init(_ element: XMLElement) {
    identifier = element.attribute("id")
    callID = element.attribute("call-id")
    localTag = element.attribute("local-tag")
    remoteTag = element.attribute("remote-tag")
    direction = element.attribute("direction")
    state = element.text(of: "state")
    event = element.child("state")?.attribute("event")
    code = element.child("state")?.number(attribute: "code")
    localIdentity = element.child("local")?.text(of: "identity")
    remoteIdentity = element.child("remote")?.text(of: "identity")
  }

  var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("id", identifier)
    fields.add("call_id", callID)
    fields.add("local_tag", localTag)
    fields.add("remote_tag", remoteTag)
    fields.add("direction", direction)
    fields.add("state", state)
    fields.add("event", event)
    fields.add("code", code)
    fields.add("local_identity", localIdentity)
    fields.add("remote_identity", remoteIdentity)
    return fields
  }
}
