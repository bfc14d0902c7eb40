/// The registration of one address-of-record (RFC 3680 section 5.2).
public struct RegistrationState: Hashable, Sendable {
  /// A contact that is or was bound.
  public struct Contact: Hashable, Sendable {
    /// Its URI.
    public var uri: String
    /// `active` or `terminated`.
    public var state: String?
    /// Why it is in that state: `registered`, `created`, `refreshed`, `shortened`, `expired`, `deactivated`,
    /// `probation`, `unregistered`, `rejected`.
    public var event: String?
    /// Seconds until it expires.
    public var expires: UInt32?
    /// After `probation`, seconds until the UE may register again.
    public var retryAfter: UInt32?
    /// Seconds for which it has been bound.
    public var durationRegistered: UInt32?
    /// Its preference.
    public var preference: String?
    /// The Call-ID of the last REGISTER.
    public var callID: String?
    /// Its CSeq.
    public var cseq: UInt32?
    /// The name to show.
    public var displayName: String?
    /// The public GRUU (RFC 5628 section 5.1).
    public var publicGRUU: String?
    /// The temporary GRUU (RFC 5628 section 5.1).
    public var temporaryGRUU: String?
    /// Parameters that have no element of their own, such as `+sip.instance` and feature tags.
    public var parameters: [XMLElement.Attribute] = []
  }

  /// The address-of-record.
  public var addressOfRecord: String
  /// The identifier.
  public var identifier: String?
  /// `init`, `active` or `terminated`.
  public var state: String?
  /// The contacts.
  public var contacts: [Contact]
  /// The wildcarded identity that covers the address-of-record (TS 24.229 section 5.4.2.1.2).
  public var wildcardedIdentity: String?

  init(_ element: XMLElement) {
    addressOfRecord = element.attribute("aor") ?? ""
    identifier = element.attribute("id")
    state = element.attribute("state")
    contacts = element.children("contact").map { Contact($0) }
    wildcardedIdentity = element.text(of: "wildcardedIdentity")
  }

  var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("aor", addressOfRecord)
    fields.add("state", state)
    fields.add("wildcarded_identity", wildcardedIdentity)
    fields.add("contacts", contacts.map(\.fields))
    return fields
  }
}

extension RegistrationState.Contact {
  init(_ element: XMLElement) {
    uri = element.text(of: "uri") ?? ""
    state = element.attribute("state")
    event = element.attribute("event")
    expires = element.number(attribute: "expires")
    retryAfter = element.number(attribute: "retry-after")
    durationRegistered = element.number(attribute: "duration-registered")
    preference = element.attribute("q")
    callID = element.attribute("callid")
    cseq = element.number(attribute: "cseq")
    displayName = element.text(of: "display-name")
    publicGRUU = element.child("pub-gruu")?.attribute("uri")
    temporaryGRUU = element.child("temp-gruu")?.attribute("uri")
    parameters = element.children("unknown-param")
      .map { XMLElement.Attribute(name: $0.attribute("name") ?? "", value: $0.text) }
  }

  var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("uri", uri)
    fields.add("state", state)
    fields.add("event", event)
    fields.add("expires", expires)
    fields.add("retry_after", retryAfter)
    fields.add("duration_registered", durationRegistered)
    fields.add("q", preference)
    fields.add("call_id", callID)
    fields.add("cseq", cseq)
    fields.add("display_name", displayName)
    fields.add("public_gruu", publicGRUU)
    fields.add("temporary_gruu", temporaryGRUU)
    fields.add("parameters", parameters.map { $0.value.isEmpty ? $0.name : "\($0.name)=\($0.value)" })
    return fields
  }
}
