import CaptureFacts
import SIPMessages

/// What the causes of a registration are read from.
struct RegistrationEvidence {
  let registration: Registration
  let facts: RegistrationFacts
  let tries: RegistrationTries
  let trail: MessageTrail
  let nodes: NodeDirectory

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
