/// The AVP codes that the code itself reads; all others are only in the dictionary.
public enum DiameterAttributeCode {
  // RFC 6733 section 4.5, vendor 0.
  /// User-Name.
  public static let userName: UInt32 = 1
  /// Session-Id.
  public static let sessionID: UInt32 = 263
  /// Origin-Host.
  public static let originHost: UInt32 = 264
  /// Supported-Vendor-Id.
  public static let supportedVendorID: UInt32 = 265
  /// Vendor-Id.
  public static let vendorID: UInt32 = 266
  /// Result-Code.
  public static let resultCode: UInt32 = 268
  /// Auth-Session-State.
  public static let authSessionState: UInt32 = 277
  /// Failed-AVP.
  public static let failedAVP: UInt32 = 279
  /// Route-Record.
  public static let routeRecord: UInt32 = 282
  /// Destination-Realm.
  public static let destinationRealm: UInt32 = 283
  /// Redirect-Host.
  public static let redirectHost: UInt32 = 292
  /// Destination-Host.
  public static let destinationHost: UInt32 = 293
  /// Origin-Realm.
  public static let originRealm: UInt32 = 296
  /// Experimental-Result.
  public static let experimentalResult: UInt32 = 297
  /// Experimental-Result-Code.
  public static let experimentalResultCode: UInt32 = 298

  // RFC 4740 section 9.5, vendor 0.
  /// Digest-Realm.
  public static let digestRealm: UInt32 = 104
  /// Digest-HA1.
  public static let digestHA1: UInt32 = 121

  // TS 29.229 section 6.3, vendor 10415.
  /// Visited-Network-Identifier.
  public static let visitedNetworkIdentifier: UInt32 = 600
  /// Public-Identity.
  public static let publicIdentity: UInt32 = 601
  /// Server-Name.
  public static let serverName: UInt32 = 602
  /// Server-Capabilities.
  public static let serverCapabilities: UInt32 = 603
  /// Mandatory-Capability.
  public static let mandatoryCapability: UInt32 = 604
  /// Optional-Capability.
  public static let optionalCapability: UInt32 = 605
  /// User-Data of Cx.
  public static let userDataCx: UInt32 = 606
  /// SIP-Number-Auth-Items.
  public static let sipNumberAuthItems: UInt32 = 607
  /// SIP-Authentication-Scheme.
  public static let sipAuthenticationScheme: UInt32 = 608
  /// SIP-Authenticate.
  public static let sipAuthenticate: UInt32 = 609
  /// SIP-Authorization.
  public static let sipAuthorization: UInt32 = 610
  /// SIP-Auth-Data-Item.
  public static let sipAuthDataItem: UInt32 = 612
  /// SIP-Item-Number.
  public static let sipItemNumber: UInt32 = 613
  /// Server-Assignment-Type.
  public static let serverAssignmentType: UInt32 = 614
  /// Deregistration-Reason.
  public static let deregistrationReason: UInt32 = 615
  /// Reason-Code.
  public static let reasonCode: UInt32 = 616
  /// Reason-Info.
  public static let reasonInfo: UInt32 = 617
  /// User-Authorization-Type.
  public static let userAuthorizationType: UInt32 = 623
  /// Confidentiality-Key.
  public static let confidentialityKey: UInt32 = 625
  /// Integrity-Key.
  public static let integrityKey: UInt32 = 626
  /// Associated-Identities.
  public static let associatedIdentities: UInt32 = 632
  /// SIP-Digest-Authenticate.
  public static let sipDigestAuthenticate: UInt32 = 635

  // TS 29.329 section 6.3, vendor 10415.
  /// User-Identity.
  public static let userIdentity: UInt32 = 700
  /// User-Data of Sh.
  public static let userDataSh: UInt32 = 702
}
