import ByteReading

/// One authentication vector, or the answer of the UE to one: SIP-Auth-Data-Item (TS 29.229 section 6.3.13). Ranges are
/// empty where the AVP is absent.
public struct DiameterAuthenticationItem: Hashable, Sendable {
  /// SIP-Item-Number 613: the order in which vectors are to be used.
  public let itemNumber: UInt32?

  /// SIP-Authentication-Scheme 608: `Digest-AKAv1-MD5`, `SIP Digest`, `Early-IMS-Security`, `NASS-Bundled`, `unknown`.
  public let scheme: ByteRange

  /// SIP-Authenticate 609: RAND || AUTN in an answer with AKA (TS 29.229 section 6.3.10).
  public let authenticate: ByteRange

  /// SIP-Authorization 610: a secret. XRES in an answer, RAND || AUTS in a request that resynchronises (section 6.3.11).
  public let authorization: ByteRange

  /// Confidentiality-Key 625: a secret.
  public let confidentialityKey: ByteRange

  /// Integrity-Key 626: a secret.
  public let integrityKey: ByteRange

  /// Digest-Realm 104 in SIP-Digest-Authenticate 635, for SIP Digest.
  public let digestRealm: ByteRange

  /// Digest-HA1 121 in SIP-Digest-Authenticate 635: a secret.
  public let digestHA1: ByteRange

  init(_ members: DiameterAttributes) {
    let vendor = DiameterVendor.threeGPP
    itemNumber = members.unsigned32(DiameterAttributeCode.sipItemNumber, vendor: vendor)
    scheme = members.data(DiameterAttributeCode.sipAuthenticationScheme, vendor: vendor)
    authenticate = members.data(DiameterAttributeCode.sipAuthenticate, vendor: vendor)
    authorization = members.data(DiameterAttributeCode.sipAuthorization, vendor: vendor)
    confidentialityKey = members.data(DiameterAttributeCode.confidentialityKey, vendor: vendor)
    integrityKey = members.data(DiameterAttributeCode.integrityKey, vendor: vendor)
    let digest = members.first(DiameterAttributeCode.sipDigestAuthenticate, vendor: vendor).map(members.members(of:))
    digestRealm = digest?.data(DiameterAttributeCode.digestRealm) ?? ByteRange()
    digestHA1 = digest?.data(DiameterAttributeCode.digestHA1) ?? ByteRange()
  }
}
