/// HMAC with each hash function, prepared when it is needed first.
final class MessageAuthentications {
  private var prepared: [IntegrityAlgorithm: MessageAuthentication] = [:]

  /// The one for an algorithm; nil where it is no HMAC.
  subscript(algorithm: IntegrityAlgorithm) -> MessageAuthentication? {
    if let found = prepared[algorithm] { return found }
    switch algorithm {
    case .null, .aesGMAC, .unchecked: return nil
    default:
      let made = MessageAuthentication(algorithm)
      prepared[algorithm] = made
      return made
    }
  }
}
