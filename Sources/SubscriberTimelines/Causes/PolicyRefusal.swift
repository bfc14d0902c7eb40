/// What a failing result over Rx means, in words (TS 29.214 section 5.5, RFC 6733 section 7.1).
enum PolicyRefusal {
  /// The codes that Rx gives a meaning of its own, and those of the base protocol that are seen on it.
  static let meanings: [(code: UInt32, meaning: String)] = [
    (3002, "an agent has no way to the PCRF"),
    (3004, "the PCRF or an agent is overloaded"),
    (5003, "the P-CSCF is not allowed to ask for this user"),
    (5012, "the PCRF could not process the request for a reason of its own"),
    (5061, "the description of the media is incomplete or not valid"),
    (5062, "the packet filters are not allowed for this session"),
    (5063, "the user's subscription does not allow this service or this bandwidth"),
    (5064, "the PCRF has a session for these media already"),
    (5065, "the PCRF knows no session of the access network for the UE's address"),
    (5066, "only emergency sessions are allowed for this UE"),
    (5067, "sponsored data are not allowed for this user"),
    (5068, "the access network fails for the moment"),
  ]

  /// `: the PCRF knows no session ...`; empty for a code that is not in the table.
  static func meaning(of code: UInt32?) -> String {
    meanings.first { $0.code == code }.map { ": \($0.meaning)" } ?? ""
  }
}
