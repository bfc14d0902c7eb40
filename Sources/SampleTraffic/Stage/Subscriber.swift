/// A subscription with one device.
struct Subscriber {
  var number: Int
  /// The domain of the home network.
  var domain: String
  /// The device.
  var equipment: Node
  /// The private identity (TS 23.003 section 13.3).
  var impi: String
  /// The digits of the telephone number.
  var telephone: String
  /// The identity under which the user registers; derived from the IMSI where none is stored on the card.
  var registeredIdentity: String
  /// The further public identities of the implicit registration set.
  var implicitIdentities: [String]
  /// The international mobile equipment identity of the device.
  var instance: String

  /// All public identities.
  var identities: [String] { [registeredIdentity] + implicitIdentities }

  /// The identity that others dial.
  var dialledIdentity: String { "sip:\(telephone)@\(domain)" }

  /// The part before the `@` of the contact.
  var contactUser: String { String(impi.prefix { $0 != "@" }) }

  /// The contact URI.
  var contact: String { "sip:\(contactUser)@\(equipment.addressText):\(equipment.endpoint.port)" }
}
