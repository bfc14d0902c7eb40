import ServiceDocuments
import SIPMessages

/// What service point triggers look at: a request as the S-CSCF received it (TS 29.228 annex B.2.3). What is not known of it
/// makes a condition undecided.
struct FilterSubject {
  /// A header field.
  typealias Field = (name: String, value: String)

  /// The method.
  let method: String
  /// Whose request it is.
  let sessionCase: ServicePointTrigger.SessionCase
  /// For REGISTER, which.
  var registrationType: ServicePointTrigger.RegistrationType?
  /// The Request-URI; nil where it is not known.
  var requestURI: String?
  /// The header fields by their full names; nil where they are not known.
  var fields: [Field]?
  /// The lines of the session description; nil where it is not known whether there is one.
  var descriptionLines: [String]?

  /// Whether the user is not registered.
  var isOfUnregisteredUser: Bool {
    sessionCase == .originatingUnregistered || sessionCase == .terminatingUnregistered
  }

  /// Of a request that is at hand.
  init(_ message: SIPMessage, sessionCase: ServicePointTrigger.SessionCase) {
    method = message.text(message.methodText)
    self.sessionCase = sessionCase
    requestURI = message.text(message.requestURI)
    fields = message.fields.map { field in
      let name = field.name == .other ? message.text(field.nameRange) : field.name.name
      return (name, message.unfoldedText(field.value))
    }
    descriptionLines = []
    for part in message.bodyParts() {
      guard part.contentType?.matches("application", "sdp", in: message.span) ?? false else { continue }
      descriptionLines = message.text(part.content).split(whereSeparator: \.isNewline).map { String($0) }
    }
  }

  /// Of a REGISTER that the S-CSCF has accepted, of which only the kind is kept.
  init(register type: ServicePointTrigger.RegistrationType) {
    method = SIPMethod.register.name
    sessionCase = .originating
    registrationType = type
  }
}
