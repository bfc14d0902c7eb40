import CaptureFacts
import SIPMessages

/// What the causes of a registration are read from.
struct RegistrationEvidence {
  let registration: Registration
  let facts: RegistrationFacts
  let tries: RegistrationTries
  let trail: MessageTrail
  let nodes: NodeDirectory
  let transport: TransportDirectory
  /// The end of what was seen.
  let now: Timestamp

  /// What the transport showed of the hop at which the last try stopped.
  var trouble: TransportEvidence.Trouble? {
    guard let last = lastTry else { return nil }
    return TransportEvidence(transport: transport, nodes: nodes).trouble(
      of: last.farthest, until: tries.finalTime ?? now)
  }

  /// What the transport and the watchdog showed between the ends of an exchange that was not answered.
  func trouble(of exchange: DiameterExchange) -> TransportEvidence.Trouble? {
    TransportEvidence(transport: transport, nodes: nodes)
      .trouble(of: exchange, until: tries.finalTime ?? now)
  }

  /// The last try.
  var lastTry: RegistrationTries.Try? { tries.tries.last }

  /// Whether the UE ended with this status.
  var status: UInt16? { registration.status }

  /// The exchange over Cx whose answer refuses, the last one.
  var refusal: DiameterExchange? {
    registration.diameter.last { exchange in
      CauseText.code(exchange).map { !(2000..<3000).contains($0) } ?? false
    }
  }

  /// The exchange that was not answered, or not before the final response.
  var unanswered: DiameterExchange? {
    registration.diameter.last { exchange in
      guard exchange.requestFrame != nil else { return false }
      guard exchange.answerFrame != nil, let answerTime = exchange.answerTime else {
        return exchange.answerFrame == nil
      }
      guard let finalTime = tries.finalTime else { return false }
      return exchange.start.advanced(byNanoseconds: answerTime) > finalTime && exchange.start < finalTime
    }
  }
}
