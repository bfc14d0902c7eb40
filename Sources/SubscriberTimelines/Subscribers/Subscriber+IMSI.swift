import ByteReading

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
    let bytes = unsafe identity.utf8.span.bytes
    // `@ims.mncMNC.mccMCC.3gppnetwork.org`: all of it has a fixed length.
    let realm = bytes.byteCount - 34
    guard (6...15).contains(realm), bytes.hasBytes("@ims.mnc", at: realm), bytes.hasBytes(".mcc", at: realm + 11),
      bytes.hasBytes(".3gppnetwork.org", at: realm + 18)
    else { return nil }
    let network = realm + 8..<realm + 11
    let country = realm + 15..<realm + 18
    guard hasDigits(bytes, 0..<realm), hasDigits(bytes, network), hasDigits(bytes, country),
      bytes.equals(0..<3, country)
    else { return nil }
    let isOfNetwork =
      bytes.equals(3..<6, network)
      || bytes.byte(at: network.lowerBound) == UInt8(ascii: "0") && bytes.equals(3..<5, network.dropFirst())
    return isOfNetwork ? bytes.text(in: 0..<realm) : nil
  }

  private static func hasDigits(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    range.allSatisfy { bytes.byte(at: $0) &- UInt8(ascii: "0") < 10 }
  }
}
