/// The user profile that the HSS hands to the S-CSCF (TS 29.228 annexes B and E).
enum ServiceProfile {
  /// An application server of a profile: its name, its priority, whether the session ends where it fails, and the session
  /// case of its INVITEs (TS 29.228 annex B.2.3: 0 originating, 2 terminating while not registered).
  struct Server {
    var name: String
    var priority: Int
    var endsSession = false
    var sessionCase = 0
  }

  /// The XML document of a subscriber with these application servers for INVITE.
  static func document(impi: String, identities: [String], servers: [Server]) -> String {
    let criteria = servers.map { server in
      """
      <InitialFilterCriteria><Priority>\(server.priority)</Priority><TriggerPoint><ConditionTypeCNF>1</ConditionTypeCNF>\
      <SPT><ConditionNegated>0</ConditionNegated><Group>0</Group><Method>INVITE</Method></SPT>\
      <SPT><ConditionNegated>0</ConditionNegated><Group>1</Group><SessionCase>\(server.sessionCase)</SessionCase></SPT>\
      </TriggerPoint><ApplicationServer><ServerName>\(server.name)</ServerName>\
      <DefaultHandling>\(server.endsSession ? 1 : 0)</DefaultHandling></ApplicationServer></InitialFilterCriteria>
      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?><IMSSubscription><PrivateID>\(impi)</PrivateID><ServiceProfile>\
      \(identities.map { "<PublicIdentity><Identity>\($0)</Identity></PublicIdentity>" }.joined())\(criteria.joined())\
      </ServiceProfile></IMSSubscription>
      """
  }

  /// The XML document of a subscriber, with one initial filter criterion for sessions and one for REGISTER.
  static func document(impi: String, identities: [String], applicationServer: String, isBarred: Bool = false) -> String
  {
    let publicIdentities = identities.map { identity in
      let barring = isBarred ? "<BarringIndication>1</BarringIndication>" : ""
      return "<PublicIdentity>\(barring)<Identity>\(identity)</Identity></PublicIdentity>"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?><IMSSubscription><PrivateID>\(impi)</PrivateID><ServiceProfile>\
      \(publicIdentities.joined())\
      <InitialFilterCriteria><Priority>10</Priority><TriggerPoint><ConditionTypeCNF>1</ConditionTypeCNF>\
      <SPT><ConditionNegated>0</ConditionNegated><Group>0</Group><Method>INVITE</Method></SPT>\
      <SPT><ConditionNegated>0</ConditionNegated><Group>1</Group><SessionCase>0</SessionCase></SPT></TriggerPoint>\
      <ApplicationServer><ServerName>\(applicationServer)</ServerName><DefaultHandling>0</DefaultHandling>\
      </ApplicationServer></InitialFilterCriteria>\
      <InitialFilterCriteria><Priority>20</Priority><TriggerPoint><ConditionTypeCNF>0</ConditionTypeCNF>\
      <SPT><ConditionNegated>0</ConditionNegated><Group>0</Group><Method>REGISTER</Method></SPT></TriggerPoint>\
      <ApplicationServer><ServerName>\(applicationServer)</ServerName><DefaultHandling>0</DefaultHandling>\
      </ApplicationServer></InitialFilterCriteria>\
      </ServiceProfile></IMSSubscription>
      """
  }
}
