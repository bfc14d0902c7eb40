/// The user profile that the HSS hands to the S-CSCF (TS 29.228 annexes B and E).
enum ServiceProfile {
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
