/// The state of a conference (RFC 4575 section 5, `application/conference-info+xml`; TS 24.147 section 5.3.3).
public struct ConferenceInformation: Hashable, Sendable {
  /// The URI of the conference.
  public var entity: String?
  /// `full`, `partial` or `deleted`.
  public var state: String?
  /// The version; it grows by one with each document of a subscription.
  public var version: UInt32?
  /// What it is about.
  public var subject: String?
  /// The words to show.
  public var displayText: String?
  /// How many take part.
  public var userCount: UInt32?
  /// How many may take part.
  public var maximumUserCount: UInt32?
  /// Whether it has begun.
  public var isActive: Bool?
  /// Whether nobody else may enter.
  public var isLocked: Bool?
  /// The participants.
  public var users: [ConferenceUser] = []

  init(_ root: XMLElement) {
    entity = root.attribute("entity")
    state = root.attribute("state")
    version = root.number(attribute: "version")
    if let description = root.child("conference-description") {
      subject = description.text(of: "subject")
      displayText = description.text(of: "display-text")
      maximumUserCount = description.number(of: "maximum-user-count")
    }
    if let conference = root.child("conference-state") {
      userCount = conference.number(of: "user-count")
      isActive = conference.text(of: "active").map { XMLElement.isTrue($0) }
      isLocked = conference.text(of: "locked").map { XMLElement.isTrue($0) }
    }
    users = root.child("users")?.children("user").map { ConferenceUser($0) } ?? []
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("entity", entity)
    fields.add("state", state)
    fields.add("version", version)
    fields.add("subject", subject)
    fields.add("display_text", displayText)
    fields.add("user_count", userCount)
    fields.add("maximum_user_count", maximumUserCount)
    fields.add("active", isActive)
    fields.add("locked", isLocked)
    fields.add("users", users.map(\.fields))
    return fields
  }
}
