/// The service profile of some public identities (TS 29.228 annex B.2.1).
public struct ServiceProfile: Hashable, Sendable {
  /// The identities it is for.
  public var publicIdentities: [PublicIdentity] = []
  /// The media profile that the user may use: a number whose meaning the operator chose (TS 29.228 annex B.2.1A).
  public var subscribedMediaProfile: Int64?
  /// The services that the user may use (IMS communication service identifiers).
  public var authorisedServices: [String] = []
  /// The initial filter criteria, in the order in which an S-CSCF looks at them: by priority, 0 first (TS 24.229 section
  /// 5.4.3.2).
  public var filterCriteria: [InitialFilterCriteria] = []
  /// Sets of filter criteria that the S-CSCF holds itself, by number (annex B.2.4).
  public var sharedFilterCriteriaSets: [Int64] = []
  /// Names of elements that are not known here.
  public var unknownElements: [String] = []

  init(_ element: XMLElement) {
    publicIdentities = element.children("PublicIdentity").map { PublicIdentity($0) }
    if let authorisation = element.extended("CoreNetworkServicesAuthorization").first {
      subscribedMediaProfile = authorisation.number(of: "SubscribedMediaProfileId")
      authorisedServices = authorisation.extended("ListOfServiceIds")
        .flatMap { $0.children("ServiceId") }.map(\.text)
    }
    let criteria = element.children("InitialFilterCriteria").map { InitialFilterCriteria($0) }
    filterCriteria = criteria.enumerated()
      .sorted { ($0.element.priority ?? .max, $0.offset) < ($1.element.priority ?? .max, $1.offset) }
      .map(\.element)
    sharedFilterCriteriaSets = element.extended("SharedIFCSetID").compactMap { Int64($0.text) }
    let known: Set = [
      "PublicIdentity", "CoreNetworkServicesAuthorization", "InitialFilterCriteria", "Extension",
    ]
    unknownElements = element.children.map(\.name).filter { !known.contains($0) }
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("public_identities", publicIdentities.map(\.fields))
    fields.add("subscribed_media_profile", subscribedMediaProfile)
    fields.add("authorised_services", authorisedServices)
    fields.add("initial_filter_criteria", filterCriteria.map(\.fields))
    fields.add("shared_filter_criteria_sets", sharedFilterCriteriaSets)
    fields.add("unknown_elements", unknownElements)
    return fields
  }
}
