/// What a failing result over Cx means, in words (TS 29.229 section 6.2, RFC 6733 section 7.1).
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
  }

  static let rows = [
    Row(
      code: 5001, isExperimental: true, key: "user_unknown",
      meaning: "the subscriber is not provisioned in the HSS"),
    Row(
      code: 5002, isExperimental: true, key: "identities_do_not_match",
      meaning: "the HSS does not know this public identity as one of this private identity"),
    Row(
      code: 5003, isExperimental: true, key: "identity_not_registered",
      meaning: "the HSS holds the public identity as not registered"),
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
      code: 3002, isExperimental: false, key: "unable_to_deliver",
      meaning: "a Diameter agent has no way to the HSS of this realm"),
    Row(
      code: 3003, isExperimental: false, key: "realm_not_served",
      meaning: "no Diameter node on the way serves this realm"),
    Row(
      code: 3004, isExperimental: false, key: "hss_too_busy",
      meaning: "the HSS or an agent is overloaded"),
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
