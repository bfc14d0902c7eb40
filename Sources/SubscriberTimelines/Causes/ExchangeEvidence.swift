import CaptureFacts
import SIPMessages

/// What the exchanges of a record show of why its request failed, beside what its messages show of how it went on.
struct ExchangeEvidence {
  let exchanges: [DiameterExchange]
  let trail: MessageTrail
  let nodes: NodeDirectory
  /// The request of the record: REGISTER or INVITE.
  let method: SIPMethod
  /// When who asked got the final response; nil without one.
  let finalTime: Timestamp?

  /// The last exchange of an application whose answer refuses, and that was not made good since: who asked may ask
  /// again, another peer or in another way (RFC 6733 section 5.5.4).
  func refusal(application: UInt32, command: UInt32? = nil) -> DiameterExchange? {
    exchanges.last { exchange in
      exchange.applicationID == application && (command ?? exchange.commandCode) == exchange.commandCode
        && CauseText.code(exchange).map { !(2000..<3000).contains($0) } ?? false && !isMadeGood(exchange)
    }
  }

  /// The last exchange of an application that was not answered, or not before the final response, where nothing shows
  /// that who asked had its answer all the same.
  func unanswered(application: UInt32) -> DiameterExchange? {
    exchanges.last { exchange in
      guard exchange.applicationID == application, exchange.requestFrame != nil, isLate(exchange) else { return false }
      return !isMadeGood(exchange) && !hasGoneOn(after: exchange)
    }
  }

  private func isLate(_ exchange: DiameterExchange) -> Bool {
    guard exchange.answerFrame != nil, let answerTime = exchange.answerTime else { return exchange.answerFrame == nil }
    guard let finalTime else { return false }
    return exchange.start < finalTime && exchange.start.advanced(byNanoseconds: answerTime) > finalTime
  }

  private func isMadeGood(_ exchange: DiameterExchange) -> Bool {
    exchanges.contains { other in
      other.applicationID == exchange.applicationID && other.commandCode == exchange.commandCode
        && other.start > exchange.start && isSame(other.from, exchange.from) && !isLate(other)
        && CauseText.code(other).map { (2000..<3000).contains($0) } ?? false
    }
  }

  /// Whether the node that asked went on as it does with an answer: it handed the request on, challenged, or accepted. The
  /// answer is missing from the capture then, not from the network.
  private func hasGoneOn(after exchange: DiameterExchange) -> Bool {
    guard exchange.applicationID == CxCommand.application else { return false }
    return trail.transactions.contains { transaction in
      guard transaction.method == method, !transaction.isInDialog else { return false }
      if isSame(transaction.from, exchange.from) { return transaction.requestTime.map { $0 > exchange.start } ?? false }
      return isSame(transaction.to, exchange.from) && transaction.requestTime.map { $0 <= exchange.start } ?? false
        && transaction.finalTime.map { $0 > exchange.start } ?? false
        && (transaction.finalStatus < 300 || transaction.finalStatus == 401 || transaction.finalStatus == 407)
    }
  }

  /// An answer about the user's place that names no S-CSCF, and after which the node that asked did not hand the request
  /// on (TS 24.229 sections 5.3.1.2 and 5.3.2.1).
  func answerWithoutServer(command: UInt32) -> DiameterExchange? {
    guard
      let exchange = exchanges.last(where: {
        $0.applicationID == CxCommand.application && $0.commandCode == command && $0.answerFrame != nil
      }), CauseText.code(exchange).map({ (2000..<3000).contains($0) }) ?? false,
      CauseText.text(exchange, .assignedServerName) == nil
    else { return nil }
    let hasHandedOn = trail.transactions.contains {
      $0.method == method && !$0.isInDialog && isSame($0.from, exchange.from)
        && $0.requestTime.map { $0 > exchange.start } ?? false
    }
    return hasHandedOn ? nil : exchange
  }

  /// `UAA 2001 ... names no S-CSCF but asks for capabilities 7`: what an answer left to the I-CSCF to choose from.
  func candidates(_ exchange: DiameterExchange) -> String {
    let servers = CauseText.texts(exchange, .capableServers)
    let capabilities = CauseText.texts(exchange, .mandatoryCapabilities)
    var text = "\(CauseText.answer(exchange)) names no S-CSCF"
    if !servers.isEmpty { text += " but candidates (\(servers.joined(separator: ", ")))" }
    if !capabilities.isEmpty { text += " but asks for capabilities \(capabilities.joined(separator: ", "))" }
    return text
  }

  func isSame(_ one: NodeHandle, _ other: NodeHandle) -> Bool {
    nodes.root(one) == nodes.root(other)
  }
}
