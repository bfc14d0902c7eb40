extension NodeRole {
  /// The words by which operators name their nodes, at the front of a label of the host name.
  private static let words: [(word: String, role: NodeRole)] = [
    ("pcscf", .proxyCSCF), ("p-cscf", .proxyCSCF), ("icscf", .interrogatingCSCF), ("i-cscf", .interrogatingCSCF),
    ("scscf", .servingCSCF), ("s-cscf", .servingCSCF), ("ecscf", .emergencyCSCF), ("e-cscf", .emergencyCSCF),
    ("hss", .homeSubscriberServer), ("slf", .subscriptionLocator), ("dra", .diameterAgent),
    ("pcrf", .policyAndChargingRules),
    ("pgw", .policyAndChargingEnforcement), ("pcef", .policyAndChargingEnforcement),
    ("smf", .policyAndChargingEnforcement),
    ("mme", .mobilityManagement), ("ocs", .charging), ("ibcf", .interconnectionBorderControl),
    ("bgcf", .breakoutGateway),
    ("mgcf", .mediaGatewayControl), ("mrfc", .mediaResource), ("lrf", .locationRetrieval), ("tas", .applicationServer),
  ]

  /// The role that a host name speaks of, where behaviour does not tell; nil where it speaks of none.
  init?(hostName: String) {
    let label = hostName.lowercased().prefix { $0 != "." }
    guard let row = NodeRole.words.first(where: { label.hasPrefix($0.word) }) else { return nil }
    self = row.role
  }
}
