import ByteReading
import DiameterMessages
import SIPMessages

/// The identities that a message names: of users, not of nodes.
enum MessageIdentities {
  private static let addressHeaders: [SIPHeaderName] = [
    .pAssertedIdentity, .pPreferredIdentity, .pServedUser, .pCalledPartyID, .pAssociatedURI,
  ]

  /// From and To, the identities of 3GPP headers, and the user name of credentials, each once.
  static func identities(of message: SIPMessage) -> [String] {
    var identities: [String] = []
    func add(_ text: String) {
      if !text.isEmpty, !identities.contains(text) { identities.append(text) }
    }
    add(message.identity(message.from.uri))
    add(message.identity(message.to.uri))
    for field in message.fields where addressHeaders.contains(field.name) {
      for element in field.name.isList ? message.elements(of: field) : [field.value] {
        add(message.identity(SIPNameAddress(parsing: message.span, in: element).uri))
      }
    }
    for name in [SIPHeaderName.authorization, .proxyAuthorization] {
      for credentials in message.credentials(name) { add(message.text(credentials.username)) }
    }
    return identities
  }

  /// User-Name, and every Public-Identity.
  static func identities(of message: DiameterMessage) -> [String] {
    var identities: [String] = []
    for range in [message.userName] + message.publicIdentities + message.associatedPrivateIdentities {
      let text = message.text(range)
      if !text.isEmpty, !identities.contains(text) { identities.append(text) }
    }
    return identities
  }
}
