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
    let parts = identity.split(separator: "@")
    guard parts.count == 2, (6...15).contains(parts[0].utf8.count),
      parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let labels = parts[1].split(separator: ".")
    guard labels.count == 5, labels[0] == "ims", labels[1].hasPrefix("mnc"), labels[2].hasPrefix("mcc"),
      labels[3] == "3gppnetwork", labels[4] == "org"
    else { return nil }
    let network = labels[1].dropFirst(3)
    let country = labels[2].dropFirst(3)
    let isOfNetwork =
      parts[0].hasPrefix(country + network)
      || (network.hasPrefix("0") && parts[0].hasPrefix(country + network.dropFirst()))
    return isOfNetwork && country.utf8.count == 3 ? String(parts[0]) : nil
  }
}
