import DiameterMessages
import SIPMessages

@testable import SubscriberTimelines

/// The nodes of a core, and its messages in short: 1 UE, 2 P-CSCF, 3 I-CSCF, 4 S-CSCF, 5 another S-CSCF, 6 callee, 100 HSS,
/// 101 PCRF.
struct Core {
  var conversation = Conversation()
  private var exchange: UInt32 = 100

  static let alice = "alice@x.example"

  /// The Via values of a request that these nodes have sent, the latest on top.
  private static func vias(_ way: [UInt32], _ branch: String) -> [String] {
    way.reversed().map { "Via: SIP/2.0/UDP 10.0.0.\($0):5060;branch=z9hG4bK\(branch)-\($0)" }
  }

  /// A request that has come the way of these nodes, for `to`.
  @discardableResult
  mutating func request(
    _ method: String, _ cseq: Int, way: [UInt32], to: UInt32, toTag: String? = nil, branch: String = "",
    _ fields: [String] = []
  ) throws -> UInt64 {
    let isRegister = method == "REGISTER"
    return try conversation.send(
      "\(method) sip:\(isRegister ? "x.example" : "bob@x.example") SIP/2.0", from: way[way.count - 1], to: to,
      Core.vias(way, "\(method == "CANCEL" ? "INVITE" : method)\(cseq)\(branch)") + [
        "From: <sip:\(Core.alice)>;tag=a",
        "To: <sip:\(isRegister ? Core.alice : "bob@x.example")>\(toTag.map { ";tag=\($0)" } ?? "")",
        "Call-ID: one", "CSeq: \(cseq) \(method)", "Contact: <sip:alice@10.0.0.1:5060>",
      ] + fields)
  }

  /// The response to it, back from `from`.
  @discardableResult
  mutating func response(
    _ line: String, _ method: String, _ cseq: Int, way: [UInt32], from: UInt32, branch: String = "",
    _ fields: [String] = []
  ) throws -> UInt64 {
    try conversation.send(
      "SIP/2.0 \(line)", from: from, to: way[way.count - 1],
      Core.vias(way, "\(method == "CANCEL" ? "INVITE" : method)\(cseq)\(branch)") + [
        "From: <sip:\(Core.alice)>;tag=a",
        "To: <sip:\(method == "REGISTER" ? Core.alice : "bob@x.example")>;tag=b", "Call-ID: one",
        "CSeq: \(cseq) \(method)",
      ] + fields)
  }

  /// A request along the whole way, and where a line is given its response back.
  mutating func pass(
    _ method: String, _ cseq: Int, _ way: [UInt32], answer: String? = nil, toTag: String? = nil,
    _ fields: [String] = [],
    back: [String] = []
  ) throws {
    for end in 1..<way.count { try request(method, cseq, way: Array(way[..<end]), to: way[end], toTag: toTag, fields) }
    guard let answer else { return }
    for end in (1..<way.count).reversed() {
      try response(answer, method, cseq, way: Array(way[..<end]), from: way[end], back)
    }
  }

  /// An exchange over Cx about alice; without a result it is not answered.
  mutating func ask(
    _ command: UInt32, by node: UInt32, result: [UInt8]?, _ pairs: [[UInt8]] = [], answer: [[UInt8]] = [],
    identity: String = "sip:alice@x.example"
  ) throws {
    exchange += 1
    try conversation.diameter(
      command, from: node, to: 100, exchange: exchange, isRequest: true,
      [DiameterBytes.pair(601, identity, is3GPP: true)]
        + (identity == "sip:alice@x.example" ? [DiameterBytes.pair(1, Core.alice)] : []) + pairs)
    guard let result else { return }
    try conversation.diameter(
      command, from: 100, to: node, exchange: exchange, isRequest: false, [result] + answer)
  }

  /// An exchange of the policy session of the call: 2 asks, or is asked.
  mutating func policy(_ command: UInt32, by node: UInt32, result: [UInt8]?, _ pairs: [[UInt8]] = []) throws {
    exchange += 1
    let other: UInt32 = node == 2 ? 101 : 2
    try conversation.diameter(
      command, application: PolicyCommand.rxApplication, from: node, to: other, exchange: exchange, isRequest: true,
      session: "policy", [DiameterBytes.pair(505, "charging", is3GPP: true)] + pairs)
    guard let result else { return }
    try conversation.diameter(
      command, application: PolicyCommand.rxApplication, from: other, to: node, exchange: exchange, isRequest: false,
      session: "policy", [result])
  }

  /// The end: causes and findings of all records, by rule.
  mutating func findings() -> (causes: [Cause], findings: [Finding]) {
    let records = conversation.finish()
    return (
      records.compactMap { record in
        switch record {
        case .call(let call): call.cause
        case .registration(let registration): registration.cause
        default: nil
        }
      },
      records.compactMap { if case .finding(let finding) = $0 { finding } else { nil } }
    )
  }
}
