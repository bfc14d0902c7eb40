/// A participant of a conference (RFC 4575 section 5.6).
public struct ConferenceUser: Hashable, Sendable {
  /// A device by which somebody takes part (RFC 4575 section 5.7).
  public struct Endpoint: Hashable, Sendable {
    /// Its URI.
    public var entity: String?
    /// `pending`, `dialing-in`, `dialing-out`, `alerting`, `connected`, `on-hold`, `muted-via-focus`, `disconnecting`,
    /// `disconnected`.
    public var status: String?
    /// How it came in: `dialed-in`, `dialed-out`, `focus-owner`.
    public var joiningMethod: String?
    /// How it left: `departed`, `booted`, `failed`, `busy`.
    public var disconnectionMethod: String?
    /// The types of its media.
    public var media: [String]
  }

  /// The URI.
  public var entity: String?
  /// `full`, `partial` or `deleted`.
  public var state: String?
  /// The name to show.
  public var displayText: String?
  /// The roles.
  public var roles: [String]
  /// The devices.
  public var endpoints: [Endpoint]

  init(_ element: XMLElement) {
    entity = element.attribute("entity")
    state = element.attribute("state")
    displayText = element.text(of: "display-text")
    roles = element.child("roles")?.children("entry").map(\.text) ?? []
    endpoints = element.children("endpoint").map { endpoint in
      Endpoint(
        entity: endpoint.attribute("entity"), status: endpoint.text(of: "status"),
        joiningMethod: endpoint.text(of: "joining-method"),
        disconnectionMethod: endpoint.text(of: "disconnection-method"),
        media: endpoint.children("media").compactMap { $0.text(of: "type") })
    }
  }

  var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("entity", entity)
    fields.add("state", state)
    fields.add("display_text", displayText)
    fields.add("roles", roles)
    fields.add(
      "endpoints",
      endpoints.map { endpoint in
        var fields = DocumentFields()
        fields.add("entity", endpoint.entity)
        fields.add("status", endpoint.status)
        fields.add("joining_method", endpoint.joiningMethod)
        fields.add("disconnection_method", endpoint.disconnectionMethod)
        fields.add("media", endpoint.media)
        return fields
      })
    return fields
  }
}
