/// A public identity as the HSS describes it (TS 29.228 annex B.2.2).
public struct PublicIdentity: Hashable, Sendable {
  /// What kind of identity it is (TS 29.228 annex E, `tIdentityType`).
  public enum Kind: UInt8, Sendable {
    /// A public user identity: also the meaning where nothing is said.
    case distinctUser = 0
    /// A public service identity.
    case distinctService = 1
    /// A wildcarded public service identity.
    case wildcardedService = 2
    /// A public user identity that a wildcarded one covers.
    case nonDistinctUser = 3
    /// A wildcarded public user identity.
    case wildcardedUser = 4

    /// The name in reports.
    public var name: String {
      switch self {
      case .distinctUser: "distinct_public_user_identity"
      case .distinctService: "distinct_public_service_identity"
      case .wildcardedService: "wildcarded_public_service_identity"
      case .nonDistinctUser: "non_distinct_public_user_identity"
      case .wildcardedUser: "wildcarded_public_user_identity"
      }
    }
  }

  /// A priority of a namespace (RFC 4412), such as `wps` and `3`.
  public struct Priority: Hashable, Sendable {
    /// The namespace.
    public var namespace: String
    /// The level.
    public var level: String
  }

  /// The identity: a SIP or tel URI.
  public var identity = ""
  /// Whether it is barred: it may be registered along with others, but not used for anything else.
  public var isBarred = false
  /// What kind of identity it is.
  public var kind = Kind.distinctUser
  /// The wildcarded public service identity that covers it, as a regular expression (TS 23.003 section 13.5).
  public var wildcardedService: String?
  /// The wildcarded public user identity that covers it.
  public var wildcardedUser: String?
  /// The name that is shown to others.
  public var displayName: String?
  /// The identities with the same alias group have the same service profile and service data (TS 29.228 annex B.2.2).
  public var aliasGroup: String?
  /// The priority of the user, 0 highest, 4 lowest.
  public var priorityLevel: UInt8?
  /// Priorities in namespaces.
  public var extendedPriorities: [Priority] = []
  /// How many contacts may be registered at once.
  public var maximumRegistrations: UInt32?

  init(_ element: XMLElement) {
    identity = element.text(of: "Identity") ?? ""
    isBarred = XMLElement.isTrue(element.text(of: "BarringIndication"))
    kind = element.extended("IdentityType").first.flatMap { UInt8($0.text) }.flatMap { Kind(rawValue: $0) } ?? kind
    wildcardedService = element.extended("WildcardedPSI").first?.text
    wildcardedUser = element.extended("WildcardedIMPU").first?.text
    displayName = element.extended("DisplayName").first?.text
    aliasGroup = element.extended("AliasIdentityGroupID").first?.text
    priorityLevel = element.extended("ServicePriorityLevel").first.flatMap { UInt8($0.text) }
    extendedPriorities = element.extended("ExtendedPriority").map {
      Priority(namespace: $0.text(of: "PriorityNamespace") ?? "", level: $0.text(of: "PriorityLevel") ?? "")
    }
    maximumRegistrations = element.extended("MaxNumOfAllowedSimultRegistrations").first.flatMap { UInt32($0.text) }
  }

  /// Whether it stands for many identities.
  public var isWildcarded: Bool { kind == .wildcardedService || kind == .wildcardedUser }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("identity", identity)
    fields.add("barred", isBarred)
    fields.add("identity_type", kind.name)
    fields.add("wildcarded_psi", wildcardedService)
    fields.add("wildcarded_impu", wildcardedUser)
    fields.add("display_name", displayName)
    fields.add("alias_group", aliasGroup)
    fields.add("priority_level", priorityLevel)
    fields.add("extended_priorities", extendedPriorities.map { "\($0.namespace).\($0.level)" })
    fields.add("maximum_registrations", maximumRegistrations)
    return fields
  }
}

extension XMLElement {
  /// Whether the text is a true `xs:boolean` (XML Schema part 2, section 3.2.2).
  static func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }
}
