import ServiceDocuments
import SIPMessages

/// What service point triggers look at: a request as the S-CSCF received it (TS 29.228 annex B.2.3). What is not known of it
/// makes a condition undecided.
/// It holds the request itself, of which most criteria look at the method alone: text is made of what is asked for. A class,
/// so that what waits for a profile holds a reference.
final class FilterSubject {
  /// Whose request it is.
  let sessionCase: ServicePointTrigger.SessionCase
  /// For REGISTER, which.
  let registrationType: ServicePointTrigger.RegistrationType?
  /// The request; nil for a REGISTER of which only the kind is kept.
  private let message: SIPMessage?

  /// Of a request that is at hand.
  init(_ message: SIPMessage, sessionCase: ServicePointTrigger.SessionCase) {
    self.sessionCase = sessionCase
    registrationType = nil
    self.message = message
  }

  /// Of a REGISTER that the S-CSCF has accepted, of which only the kind is kept.
  init(register type: ServicePointTrigger.RegistrationType) {
    sessionCase = .originating
    registrationType = type
    message = nil
  }

  /// Whether the user is not registered.
  var isOfUnregisteredUser: Bool {
    sessionCase == .originatingUnregistered || sessionCase == .terminatingUnregistered
  }

  /// The method.
  var method: String {
    guard let message else { return SIPMethod.register.name }
    return message.text(message.methodText)
  }

  /// The Request-URI; nil where it is not known.
  var requestURI: String? {
    guard let message else { return nil }
    return message.text(message.requestURI)
  }

  /// The values of the header fields with this name, letter case aside; nil where they are not known.
  func values(ofHeader name: String) -> [String]? {
    guard let message else { return nil }
    let wanted = name.lowercased()
    return message.fields
      .filter { ($0.name == .other ? message.text($0.nameRange) : $0.name.name).lowercased() == wanted }
      .map { message.unfoldedText($0.value) }
  }

  /// The values of the lines of this type in the session description; nil where it is not known whether there is one.
  func lines(ofType type: String) -> [String]? {
    guard let message else { return nil }
    let descriptions = message.bodyParts()
      .filter { $0.contentType?.matches("application", "sdp", in: message.span) ?? false }
    guard let description = descriptions.last else { return [] }
    return message.text(description.content).utf8
      .split { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
      .map { Substring($0) }.filter { $0.hasPrefix(type + "=") }.map { String($0.dropFirst(type.count + 1)) }
  }
}
