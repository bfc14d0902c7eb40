/// A refusal that tells the UE how to ask better, followed by a better REGISTER.
struct Negotiation {
  /// The index of the node that refuses: 1 P-CSCF, 3 S-CSCF.
  var node: Int
  var status: Int
  var phrase: String
  /// The fields of the refusal.
  var fields: [(String, String)]
  /// The fields that the better REGISTER has instead.
  var better: [(String, String)]

  /// 423 with Min-Expires (RFC 3261 section 10.2.8).
  static let intervalTooBrief = Negotiation(
    node: 3, status: 423, phrase: "Interval Too Brief", fields: [("Min-Expires", "3600")],
    better: [("Expires", "3600")])

  /// 494 with Security-Server (RFC 3329 section 2.3.1).
  static let securityAgreement = Negotiation(
    node: 1, status: 494, phrase: "Security Agreement Required",
    fields: [
      ("Security-Server", "ipsec-3gpp;q=0.5;alg=hmac-sha-1-96;spi-c=7001;spi-s=7002;port-c=5062;port-s=5064;ealg=null")
    ],
    better: [
      ("Security-Client", "ipsec-3gpp;alg=hmac-sha-1-96;spi-c=8001;spi-s=8002;port-c=5066;port-s=5068;ealg=null"),
      ("Require", "sec-agree"), ("Proxy-Require", "sec-agree"),
    ])

  /// 420 with Unsupported (RFC 3261 section 21.4.15).
  static let badExtension = Negotiation(
    node: 3, status: 420, phrase: "Bad Extension", fields: [("Unsupported", "gruu")], better: [("Supported", "path")])

  /// 421 with Require (RFC 3329 section 2.3.1).
  static let extensionRequired = Negotiation(
    node: 1, status: 421, phrase: "Extension Required", fields: [("Require", "sec-agree")],
    better: [
      ("Security-Client", "ipsec-3gpp;alg=hmac-sha-1-96;spi-c=8001;spi-s=8002;port-c=5066;port-s=5068;ealg=null"),
      ("Require", "sec-agree"), ("Proxy-Require", "sec-agree"),
    ])
}
