/// What a failing result over Cx means, in words (TS 29.229 section 6.2, TS 29.230 section 7, RFC 6733 section 7.1).
enum CxRefusal {
  /// One row.
  struct Row {
    /// The Experimental-Result-Code, or the Result-Code where `isExperimental` is false.
    let code: UInt32
    let isExperimental: Bool
    /// The key of the cause.
    let key: String
    /// What it means and whose configuration it concerns.
    let meaning: String
    /// How bad it is in a call, where the user may have dialled what does not exist.
    var callSeverity = Finding.Severity.error
  }

  static let rows = [
    Row(
      code: 5001, isExperimental: true, key: "user_unknown",
      meaning: "the subscriber is not provisioned in the HSS", callSeverity: .warning),
    Row(
      code: 5002, isExperimental: true, key: "identities_do_not_match",
      meaning: "the HSS does not know this public identity as one of this private identity"),
    Row(
      code: 5003, isExperimental: true, key: "identity_not_registered",
      meaning: "the HSS holds the public identity as not registered", callSeverity: .warning),
    Row(
      code: 5004, isExperimental: true, key: "roaming_not_allowed",
      meaning: "the subscription does not allow roaming in this visited network"),
    Row(
      code: 5005, isExperimental: true, key: "identity_already_registered",
      meaning: "the HSS holds another S-CSCF as assigned to the identity"),
    Row(
      code: 5006, isExperimental: true, key: "authentication_scheme_not_supported",
      meaning: "the HSS does not support the authentication scheme that the S-CSCF asked for"),
    Row(
      code: 5007, isExperimental: true, key: "wrong_assignment_type",
      meaning: "the HSS holds the identity in another state than the S-CSCF's assignment supposes"),
    Row(
      code: 5008, isExperimental: true, key: "too_much_data",
      meaning: "the profile is larger than the S-CSCF can take"),
    Row(
      code: 5009, isExperimental: true, key: "user_data_not_supported",
      meaning: "the S-CSCF does not understand the profile"),
    Row(
      code: 5011, isExperimental: true, key: "feature_not_supported",
      meaning: "a feature that the request requires is not supported by the HSS"),
    Row(
      code: 5012, isExperimental: true, key: "serving_node_feature_not_supported",
      meaning: "the S-CSCF lacks a feature that the subscription requires"),
    Row(
      code: 4181, isExperimental: true, key: "authentication_data_unavailable",
      meaning: "the HSS could not make an authentication vector: its authentication centre did not give one"),
    Row(
      code: 3001, isExperimental: false, key: "command_not_supported",
      meaning: "the node that answered does not serve this command: it was asked in place of an HSS"),
    Row(
      code: 3002, isExperimental: false, key: "unable_to_deliver",
      meaning: "a Diameter agent has no way to the HSS of this realm"),
    Row(
      code: 3003, isExperimental: false, key: "realm_not_served",
      meaning: "no Diameter node on the way serves this realm"),
    Row(
      code: 3004, isExperimental: false, key: "hss_too_busy",
      meaning: "it is overloaded, and whom it was asked for is not to be asked again through it"),
    Row(
      code: 3005, isExperimental: false, key: "diameter_loop",
      meaning: "the request came back to an agent that it had passed: the realm's routes go in a circle"),
    Row(
      code: 3007, isExperimental: false, key: "application_not_supported",
      meaning: "the node that answered does not serve this application"),
    Row(
      code: 3010, isExperimental: false, key: "unknown_peer",
      meaning: "the node that answered does not know who asked as a peer"),
    Row(
      code: 4001, isExperimental: false, key: "authentication_rejected",
      meaning: "the identity could not be authenticated"),
    Row(
      code: 5001, isExperimental: false, key: "attribute_not_supported",
      meaning: "the request has an AVP that the node that answered does not know and must understand"),
    Row(
      code: 5004, isExperimental: false, key: "attribute_invalid",
      meaning: "the request has an AVP with a value that the node that answered does not take"),
    Row(
      code: 5005, isExperimental: false, key: "attribute_missing",
      meaning: "the request lacks an AVP that the node that answered needs"),
    Row(
      code: 5003, isExperimental: false, key: "authorization_rejected",
      meaning: "the identity is barred or the subscription does not permit IMS here"),
    Row(
      code: 5012, isExperimental: false, key: "unable_to_comply",
      meaning: "the HSS could not process the request for a reason of its own"),
  ]

  /// The row of a result; nil for a success or one that is not in the table.
  static func row(of result: DiameterExchange.Result?) -> Row? {
    switch result {
    case .base(let code): rows.first { !$0.isExperimental && $0.code == code }
    case .experimental(_, let code): rows.first { $0.isExperimental && $0.code == code }
    case nil: nil
    }
  }
}
