/// What a node does in the network (TS 23.228 section 4, TS 23.002). The order is that of a ladder, from the user to the
/// network's data.
public enum NodeRole: UInt8, CaseIterable, Comparable, Sendable {
  /// User equipment.
  case userEquipment
  /// Proxy call session control function.
  case proxyCSCF
  /// Interconnection border control function.
  case interconnectionBorderControl
  /// Interrogating call session control function.
  case interrogatingCSCF
  /// Serving call session control function.
  case servingCSCF
  /// Emergency call session control function.
  case emergencyCSCF
  /// Application server.
  case applicationServer
  /// Breakout gateway control function.
  case breakoutGateway
  /// Media gateway control function.
  case mediaGatewayControl
  /// Multimedia resource function controller.
  case mediaResource
  /// Location retrieval function (TS 23.167).
  case locationRetrieval
  /// MSC server enhanced for IMS (TS 23.292).
  case mobileSwitching
  /// Diameter agent (RFC 6733 section 2.8).
  case diameterAgent
  /// Subscription locator function.
  case subscriptionLocator
  /// Home subscriber server.
  case homeSubscriberServer
  /// Policy and charging rules function.
  case policyAndChargingRules
  /// Policy and charging enforcement function.
  case policyAndChargingEnforcement
  /// Online or offline charging system.
  case charging
  /// Mobility management entity.
  case mobilityManagement

  /// The abbreviation of the standards, as reports print it.
  public var name: String {
    switch self {
    case .userEquipment: "UE"
    case .proxyCSCF: "P-CSCF"
    case .interconnectionBorderControl: "IBCF"
    case .interrogatingCSCF: "I-CSCF"
    case .servingCSCF: "S-CSCF"
    case .emergencyCSCF: "E-CSCF"
    case .applicationServer: "AS"
    case .breakoutGateway: "BGCF"
    case .mediaGatewayControl: "MGCF"
    case .mediaResource: "MRFC"
    case .locationRetrieval: "LRF"
    case .mobileSwitching: "MSC"
    case .diameterAgent: "DRA"
    case .subscriptionLocator: "SLF"
    case .homeSubscriberServer: "HSS"
    case .policyAndChargingRules: "PCRF"
    case .policyAndChargingEnforcement: "PCEF"
    case .charging: "OCS"
    case .mobilityManagement: "MME"
    }
  }

  /// The role that a word names: its abbreviation in any letter case, with or without hyphens.
  init?(named word: some StringProtocol) {
    func plain(_ text: some StringProtocol) -> String { text.lowercased().filter { $0 != "-" } }
    let wanted = plain(word)
    guard let role = NodeRole.allCases.first(where: { plain($0.name) == wanted }) else { return nil }
    self = role
  }

  /// Roles are ordered from the user inwards.
  public static func < (left: NodeRole, right: NodeRole) -> Bool {
    left.rawValue < right.rawValue
  }
}
