/// The state of registrations, as the NOTIFY of event package `reg` tells it (RFC 3680 section 5,
/// `application/reginfo+xml`).
public struct RegistrationInformation: Hashable, Sendable {
  /// The version; it grows by one with each document of a subscription.
  public var version: UInt32?
  /// Whether it tells everything, else only what changed.
  public var isFull = true
  /// The registrations, one for each address-of-record.
  public var registrations: [RegistrationState] = []

  init(_ root: XMLElement) {
    version = root.number(attribute: "version")
    isFull = root.attribute("state") != "partial"
    registrations = root.children("registration").map { RegistrationState($0) }
  }

  /// The contact events in their order, each once: `registered`, `deactivated`, `rejected`, ... (RFC 3680 section 5.2).
  public var events: [String] {
    var events: [String] = []
    for event in registrations.flatMap(\.contacts).compactMap(\.event) where !events.contains(event) {
      events.append(event)
    }
    return events
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("version", version)
    fields.add("state", isFull ? "full" : "partial")
    fields.add("registrations", registrations.map(\.fields))
    return fields
  }
}
