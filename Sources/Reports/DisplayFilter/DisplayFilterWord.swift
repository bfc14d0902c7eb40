import SubscriberTimelines

/// A word of the display filter: one thing that imstrace knows of a record.
enum DisplayFilterWord: String, CaseIterable, Sendable {
  case subscriber
  case callID = "call_id"
  case id
  case node
  case role
  case ip
  case port
  case networkProtocol = "protocol"
  case interface
  case method
  case status
  case result
  case outcome
  case kind
  case cause
  case time
  case failed
  case emergency

  /// What its values are.
  enum Values {
    /// Text, compared without regard to case.
    case text
    /// One of these texts.
    case oneOf([String])
    /// An identity of a subscriber, as people write it.
    case identity
    /// An address, or a network with its prefix length.
    case address
    /// A number.
    case number
    /// A number, or the name of a Diameter result.
    case result
    /// A moment.
    case time
    /// None: it holds or it does not.
    case flag
  }

  /// What must be known before the word can be answered for a message.
  enum Scope {
    /// The message alone.
    case message
    /// Who its ends are, which only the whole capture tells.
    case ends
    /// The record that it belongs to.
    case record
  }

  var scope: Scope {
    switch self {
    case .callID, .ip, .port, .networkProtocol, .method, .status, .result, .time: .message
    case .node, .role, .interface: .ends
    case .subscriber, .id, .outcome, .kind, .cause, .failed, .emergency: .record
    }
  }

  /// The word that the user wrote; call-id and Call-ID are what people type, too.
  init?(_ text: String) {
    self.init(rawValue: String(text.lowercased().map { $0 == "-" ? "_" : $0 }))
  }

  var values: Values {
    switch self {
    case .subscriber: .identity
    case .callID, .id, .node, .method, .cause, .interface: .text
    case .role: .oneOf(NodeRole.allCases.map { $0.name.lowercased() })
    case .ip: .address
    case .port, .status: .number
    case .networkProtocol: .oneOf(["sip", "diameter", "udp", "tcp", "sctp", "ws", "rtp", "srtp", "udptl"])
    case .result: .result
    case .outcome:
      .oneOf(
        RegistrationOutcome.allCases.map(\.rawValue)
          + CallOutcome.allCases.map(\.rawValue).filter { RegistrationOutcome(rawValue: $0) == nil })
    case .kind:
      .oneOf(
        ["registration", "call", "messaging", "diameter", "finding", "media"]
          + RegistrationKind.allCases.map(\.rawValue))
    case .time: .time
    case .failed, .emergency: .flag
    }
  }
}
