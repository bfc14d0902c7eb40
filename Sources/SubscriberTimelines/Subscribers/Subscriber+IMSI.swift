extension Subscriber {
  /// The IMSI from which a private identity is derived (TS 23.003 section 13.3): its digits begin with the country and
  /// network codes of the realm `ims.mncMNC.mccMCC.3gppnetwork.org`, of which a network code of two digits has a zero in
  /// front. Nil where none is.
  public var imsi: String? { privateIdentities.lazy.compactMap(Subscriber.imsi(ofPrivateIdentity:)).first }

  /// The temporary public identity of a subscriber without ISIM (TS 23.003 section 13.4B): the private identity as a SIP
  /// URI. Nil where the capture does not have it.
  public var temporaryPublicIdentity: String? {
    privateIdentities.lazy.filter { Subscriber.imsi(ofPrivateIdentity: $0) != nil }.map { "sip:" + $0 }
      .first(where: publicIdentities.contains)
  }

  static func imsi(ofPrivateIdentity identity: String) -> String? {
    let name = identity.utf8
    // Most private identities are of that length, or are none of these: 6 to 15 digits and the realm.
    guard (6 + 34...15 + 34).contains(name.count), name.first.map(isDigit) ?? false else { return nil }
    guard let at = name.firstIndex(of: UInt8(ascii: "@")) else { return nil }
    let user = name[..<at]
    guard (6...15).contains(user.count), user.allSatisfy(isDigit) else { return nil }
    // `@ims.mncMNC.mccMCC.3gppnetwork.org`: all of it has a fixed length.
    let realm = name[at...]
    guard realm.count == 34, realm.starts(with: "@ims.mnc".utf8) else { return nil }
    let network = realm.dropFirst(8).prefix(3)
    guard realm.dropFirst(11).starts(with: ".mcc".utf8) else { return nil }
    let country = realm.dropFirst(15).prefix(3)
    guard realm.dropFirst(18).elementsEqual(".3gppnetwork.org".utf8), network.allSatisfy(isDigit),
      country.allSatisfy(isDigit), user.starts(with: country)
    else { return nil }
    let rest = user.dropFirst(3)
    let isOfNetwork =
      rest.starts(with: network) || (network.first == UInt8(ascii: "0") && rest.starts(with: network.dropFirst()))
    return isOfNetwork ? String(identity[..<at]) : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
