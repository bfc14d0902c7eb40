/// Names the reference point between two nodes by their roles (TS 23.002 section 6, TS 23.228 section 4).
enum ReferencePoint {
  private static let rows: [(NodeRole, NodeRole, String)] = [
    (.userEquipment, .proxyCSCF, "Gm"),
    (.servingCSCF, .applicationServer, "ISC"),
    (.interrogatingCSCF, .applicationServer, "Ma"),
    (.servingCSCF, .mediaGatewayControl, "Mg"),
    (.interrogatingCSCF, .mediaGatewayControl, "Mg"),
    (.emergencyCSCF, .mediaGatewayControl, "Mg"),
    (.servingCSCF, .breakoutGateway, "Mi"),
    (.emergencyCSCF, .breakoutGateway, "Mi"),
    (.breakoutGateway, .mediaGatewayControl, "Mj"),
    (.breakoutGateway, .breakoutGateway, "Mk"),
    (.servingCSCF, .mediaResource, "Mr"),
    (.applicationServer, .mediaResource, "Cr"),
    (.emergencyCSCF, .locationRetrieval, "Ml"),
    (.interrogatingCSCF, .mobileSwitching, "I2"),
    (.servingCSCF, .mobileSwitching, "I2"),
    (.servingCSCF, .interconnectionBorderControl, "Mx"),
    (.interrogatingCSCF, .interconnectionBorderControl, "Mx"),
    (.proxyCSCF, .interconnectionBorderControl, "Mx"),
    (.emergencyCSCF, .interconnectionBorderControl, "Mx"),
    (.breakoutGateway, .interconnectionBorderControl, "Mx"),
    (.interconnectionBorderControl, .interconnectionBorderControl, "Ici"),
    (.proxyCSCF, .emergencyCSCF, "Mw"),
    (.proxyCSCF, .interrogatingCSCF, "Mw"),
    (.proxyCSCF, .servingCSCF, "Mw"),
    (.interrogatingCSCF, .servingCSCF, "Mw"),
    (.servingCSCF, .servingCSCF, "Mw"),
    (.proxyCSCF, .proxyCSCF, "Mw"),
  ]

  /// The reference point between nodes of these roles; nil where they do not tell.
  static func name(between first: [NodeRole], and second: [NodeRole]) -> String? {
    // Nearly every node has one role.
    if first.count == 1, second.count == 1 { return ofPairs[pair(first[0], second[0])] }
    if first.isEmpty || second.isEmpty { return nil }
    return firstName(between: first, and: second)
  }

  /// The name for each pair of roles, by its place.
  private static let ofPairs: [String?] = {
    let roles = NodeRole.allCases
    var names = [String?](repeating: nil, count: 32 * 32)
    for first in roles {
      for second in roles { names[pair(first, second)] = firstName(between: [first], and: [second]) }
    }
    return names
  }()

  private static func pair(_ first: NodeRole, _ second: NodeRole) -> Int {
    Int(first.rawValue & 31) << 5 | Int(second.rawValue & 31)
  }

  private static func firstName(between first: [NodeRole], and second: [NodeRole]) -> String? {
    rows.first { row in
      (first.contains(row.0) && second.contains(row.1)) || (first.contains(row.1) && second.contains(row.0))
    }?.2
  }

  /// The reference point of a Diameter exchange: towards an SLF the application of Cx is Dx and that of Sh is Dh (TS 23.228
  /// section 5.8.1, TS 23.002 section 6a.7).
  static func name(ofDiameter interface: String, isToLocator: Bool) -> String {
    switch interface {
    case "Cx" where isToLocator: "Dx"
    case "Sh" where isToLocator: "Dh"
    default: interface
    }
  }
}
