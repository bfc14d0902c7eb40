/// What a node of the IMS tells in a body of its own (TS 24.229 section 7.6, `application/3gpp-ims+xml`).
public struct IMSInformation: Hashable, Sendable {
  /// That the request wants another service than the one it asked for (TS 24.229 table 7.6.2): the answer 380 to a call
  /// for help.
  public struct AlternativeService: Hashable, Sendable {
    /// Which: `emergency` or `restoration`.
    public var type: String?
    /// Why, as a person reads it.
    public var reason: String?
    /// What the UE is to do: `emergency-registration`, `initial-registration`, `anonymous-emergencycall`.
    public var action: String?
  }

  /// The version of the schema.
  public var version: String?
  /// The alternative service.
  public var alternativeService: AlternativeService?
  /// What filter criteria give to an application server (`service-info`).
  public var serviceInformation: String?

  init(_ root: XMLElement) {
    version = root.attribute("version")
    serviceInformation = root.text(of: "service-info")
    guard let element = root.child("alternative-service") else { return }
    let action = element.extended("action").first ?? element.child("action")
    alternativeService = AlternativeService(
      type: element.text(of: "type") ?? element.child("type")?.children.first?.name,
      reason: element.text(of: "reason"),
      action: action.flatMap { $0.text.isEmpty ? $0.children.first?.name : $0.text })
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("version", version)
    if let service = alternativeService {
      var inner = DocumentFields()
      inner.add("type", service.type)
      inner.add("reason", service.reason)
      inner.add("action", service.action)
      fields.add("alternative_service", inner)
    }
    fields.add("service_information", serviceInformation)
    return fields
  }
}
