/// When an S-CSCF passes a request to an application server (TS 29.228 annex B.2.3, TS 23.218 section 5.2).
public struct InitialFilterCriteria: Hashable, Sendable {
  /// What an S-CSCF does where the application server does not answer (TS 29.228 annex B.2.3, `DefaultHandling`).
  public enum DefaultHandling: UInt8, Sendable {
    /// Goes on without it.
    case sessionContinued = 0
    /// Ends the session.
    case sessionTerminated = 1

    /// The name in reports.
    public var name: String { self == .sessionContinued ? "session_continued" : "session_terminated" }
  }

  /// For whom the criteria are (annex B.2.3, `ProfilePartIndicator`).
  public enum ProfilePart: UInt8, Sendable {
    /// For registered users.
    case registered = 0
    /// For users that are not registered.
    case unregistered = 1

    /// The name in reports.
    public var name: String { self == .registered ? "registered" : "unregistered" }
  }

  /// The priority; the lowest number is looked at first.
  public var priority: Int64?
  /// For whom; nil means for both.
  public var profilePart: ProfilePart?
  /// The condition; nil means always.
  public var trigger: TriggerPoint?
  /// The URI of the application server.
  public var applicationServer = ""
  /// What happens where it does not answer; nil leaves it to the S-CSCF.
  public var defaultHandling: DefaultHandling?
  /// What is passed to it in the body of a third-party REGISTER (TS 24.229 section 5.4.1.7).
  public var serviceInformation: String?
  /// Whether that body holds the REGISTER of the UE.
  public var includesRegisterRequest = false
  /// Whether that body holds the final response to it.
  public var includesRegisterResponse = false

  init(_ element: XMLElement) {
    priority = element.number(of: "Priority")
    profilePart = element.number(of: "ProfilePartIndicator").flatMap { ProfilePart(rawValue: $0) }
    trigger = element.child("TriggerPoint").map { TriggerPoint($0) }
    guard let server = element.child("ApplicationServer") else { return }
    applicationServer = server.text(of: "ServerName") ?? ""
    defaultHandling = server.number(of: "DefaultHandling").flatMap { DefaultHandling(rawValue: $0) }
    serviceInformation = server.text(of: "ServiceInfo")
    includesRegisterRequest = !server.extended("IncludeRegisterRequest").isEmpty
    includesRegisterResponse = !server.extended("IncludeRegisterResponse").isEmpty
  }

  /// The condition as a person reads it; `always` where there is none.
  public var condition: String { trigger.map(\.description) ?? "always" }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("priority", priority)
    fields.add("profile_part", profilePart?.name)
    fields.add("trigger", condition)
    fields.add("application_server", applicationServer)
    fields.add("default_handling", defaultHandling?.name)
    fields.add("service_information", serviceInformation)
    if includesRegisterRequest { fields.add("includes_register_request", true) }
    if includesRegisterResponse { fields.add("includes_register_response", true) }
    return fields
  }
}
