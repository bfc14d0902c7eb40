/// One condition on a request (TS 29.228 annex B.2.3).
public struct ServicePointTrigger: Hashable, Sendable {
  /// What is looked at. Contents are regular expressions, where they are not method names (TS 29.228 annex F).
  public enum Condition: Hashable, Sendable {
    /// The Request-URI.
    case requestURI(String)
    /// The method.
    case method(String)
    /// A header: its name, and its content; without a content the header is just there.
    case header(name: String, content: String?)
    /// Whose request it is.
    case sessionCase(SessionCase)
    /// A line of the session description: its letter, and its content.
    case sessionDescription(line: String, content: String?)
    /// Something that is not known here.
    case unknown(String)
  }

  /// Whose request it is (TS 29.228 annex E, `tDirectionOfRequest`).
  public enum SessionCase: UInt8, Sendable {
    /// Of a registered user.
    case originating = 0
    /// For a registered user.
    case terminatingRegistered = 1
    /// For a user that is not registered.
    case terminatingUnregistered = 2
    /// Of a user that is not registered.
    case originatingUnregistered = 3
    /// Of a user after the call was diverted.
    case originatingDiverted = 4

    /// The name in reports.
    public var name: String {
      switch self {
      case .originating: "originating"
      case .terminatingRegistered: "terminating_registered"
      case .terminatingUnregistered: "terminating_unregistered"
      case .originatingUnregistered: "originating_unregistered"
      case .originatingDiverted: "originating_cdiv"
      }
    }
  }

  /// Which REGISTER (TS 29.228 annex E, `tRegistrationType`).
  public enum RegistrationType: UInt8, Sendable {
    /// The first.
    case initial = 0
    /// One that prolongs.
    case reRegistration = 1
    /// One that ends.
    case deRegistration = 2

    /// The name in reports.
    public var name: String {
      switch self {
      case .initial: "initial_registration"
      case .reRegistration: "re_registration"
      case .deRegistration: "de_registration"
      }
    }
  }

  /// How much of a content is shown in the condition that a person reads.
  private static let shownLength = 256

  /// What is looked at.
  public var condition: Condition
  /// Whether the opposite is asked for.
  public var isNegated = false
  /// For the method REGISTER, which of them; none means all.
  public var registrationTypes: [RegistrationType] = []

  init(_ element: XMLElement) {
    isNegated = XMLElement.isTrue(element.text(of: "ConditionNegated"))
    registrationTypes = element.extended("RegistrationType")
      .compactMap { UInt8($0.text) }.compactMap { RegistrationType(rawValue: $0) }
    condition = .unknown("")
    for child in element.children {
      if let known = ServicePointTrigger.condition(child) {
        condition = known
        return
      }
    }
    let surroundings: Set = ["ConditionNegated", "Group", "Extension"]
    condition = .unknown(element.children.first { !surroundings.contains($0.name) }?.name ?? "nothing")
  }

  private static func condition(_ element: XMLElement) -> Condition? {
    switch element.name {
    case "RequestURI": return .requestURI(element.text)
    case "Method": return .method(element.text)
    case "SIPHeader": return .header(name: element.text(of: "Header") ?? "", content: element.text(of: "Content"))
    case "SessionCase":
      let number = UInt8(element.text)
      return number.flatMap { SessionCase(rawValue: $0) }.map { .sessionCase($0) }
        ?? .unknown("SessionCase \(element.text)")
    case "SessionDescription":
      return .sessionDescription(line: element.text(of: "Line") ?? "", content: element.text(of: "Content"))
    default: return nil
    }
  }
}

extension ServicePointTrigger: CustomStringConvertible {
  /// The condition as a person reads it, such as `SessionCase = originating` or `not (Method = REGISTER)`. `=` compares,
  /// `~` matches a regular expression.
  public var description: String {
    let text: String
    switch condition {
    case .requestURI(let content): text = "Request-URI ~ \(ServicePointTrigger.short(content))"
    case .method(let method):
      let types = registrationTypes.prefix(3).map(\.name).joined(separator: ", ")
      text = "Method = \(ServicePointTrigger.short(method))" + (types.isEmpty ? "" : " [\(types)]")
    case .header(let name, let content):
      text = "header \(ServicePointTrigger.short(name))" + ServicePointTrigger.comparison(content)
    case .sessionCase(let sessionCase): text = "SessionCase = \(sessionCase.name)"
    case .sessionDescription(let line, let content):
      text = "SDP \(ServicePointTrigger.short(line))=" + ServicePointTrigger.comparison(content)
    case .unknown(let name): text = "unknown condition \(ServicePointTrigger.short(name))"
    }
    return isNegated ? "not (\(text))" : text
  }

  private static func comparison(_ content: String?) -> String {
    content.map { " ~ \(short($0))" } ?? " present"
  }

  /// A trigger is shown in each of its groups: what is repeated so must be short.
  private static func short(_ content: String) -> String {
    content.utf8.count <= shownLength ? content : String(content.prefix(shownLength)) + "..."
  }
}
