import CaptureFacts
import DiameterMessages

/// The words that causes share.
enum CauseText {
  /// `S-CSCF 10.0.0.3:6060`, or `S-CSCF scscf1` where the user named it.
  static func name(_ handle: NodeHandle, _ nodes: NodeDirectory) -> String {
    let roles = nodes.roles(of: handle).map(\.name).joined(separator: "/")
    let name = nodes.givenName(of: handle) ?? nodes.id(of: handle)
    return roles.isEmpty ? name : "\(roles) \(name)"
  }

  /// Who answered or should have, behind the agents that handed the request on.
  static func asked(_ exchange: DiameterExchange) -> NodeHandle {
    exchange.hops.last { $0.requestFrame != nil }?.to ?? exchange.to
  }

  /// Who answered: the farthest hop that has an answer.
  static func answerer(_ exchange: DiameterExchange) -> NodeHandle {
    exchange.hops.last { $0.answerFrame != nil }?.to ?? exchange.to
  }

  /// A text of what an exchange carried; nil where it has none.
  static func text(_ exchange: DiameterExchange, _ key: DiameterDetails.Key) -> String? {
    exchange.details.text(key)
  }

  /// The texts of what an exchange carried; empty where it has none.
  static func texts(_ exchange: DiameterExchange, _ key: DiameterDetails.Key) -> [String] {
    exchange.details.texts(key)
  }

  /// What the answer says beyond its code: `, Error-Message "...", Failed-AVP User-Name`; empty where it says no more.
  static func answerDetails(_ exchange: DiameterExchange) -> String {
    var words = ""
    let failed = texts(exchange, .failedAVP)
    if !failed.isEmpty { words += ", Failed-AVP \(failed.joined(separator: ", "))" }
    if let message = text(exchange, .errorMessage) { words += ", Error-Message \"\(message)\"" }
    return words
  }

  /// `UAA 5001 DIAMETER_ERROR_USER_UNKNOWN`.
  static func answer(_ exchange: DiameterExchange) -> String {
    let command = DiameterDictionary.known.commandAbbreviation(exchange.commandCode, isRequest: false)
    return [command, code(exchange).map { String($0) }, exchange.resultName].compactMap { $0 }.joined(separator: " ")
  }

  /// The number of a result of either kind.
  static func code(_ exchange: DiameterExchange) -> UInt32? {
    switch exchange.result {
    case .base(let code), .experimental(_, let code): code
    case nil: nil
    }
  }

  /// `, sent 4 times` of a request that was repeated; empty for one that was not.
  static func repetitions(_ hop: HopTransaction) -> String {
    hop.retransmissions > 0 ? ", sent \(hop.retransmissions + 1) times" : ""
  }

  /// `3.021 s` or `84 ms`.
  static func duration(_ nanoseconds: Int64) -> String {
    let milliseconds = nanoseconds / 1_000_000
    guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest) s"
  }

  /// What the UE got: `; the UE got 403`.
  static func consequence(_ status: UInt16?, _ whom: String) -> String {
    status.map { "; \(whom) got \($0)" } ?? "; \(whom) got no final response"
  }

  /// Whether a Reason (RFC 3326) says no more than that the session is over: a 200 of SIP, or normal call clearing and its
  /// kin (Q.850 causes 16 and 31).
  static func isNormalRelease(_ reason: String) -> Bool {
    let parts = reason.lowercased().split { $0 == ";" || $0 == " " }
    guard let cause = parts.first(where: { $0.hasPrefix("cause=") })?.dropFirst(6) else { return true }
    return parts.first == "q.850" ? cause == "16" || cause == "31" : cause.hasPrefix("2") || cause.hasPrefix("\"2")
  }
}
