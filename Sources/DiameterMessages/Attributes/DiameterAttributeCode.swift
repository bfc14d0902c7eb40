/// The AVP codes that the code itself reads; all others are only in the dictionary.
public enum DiameterAttributeCode {
  // RFC 6733 section 4.5, vendor 0.
  /// User-Name.
  @inlinable public static var userName: UInt32 { 1 }
  /// Auth-Application-Id.
  @inlinable public static var authApplicationID: UInt32 { 258 }
  /// Acct-Application-Id.
  @inlinable public static var accountingApplicationID: UInt32 { 259 }
  /// Vendor-Specific-Application-Id.
  @inlinable public static var vendorSpecificApplicationID: UInt32 { 260 }
  /// Session-Id.
  @inlinable public static var sessionID: UInt32 { 263 }
  /// Origin-Host.
  @inlinable public static var originHost: UInt32 { 264 }
  /// Supported-Vendor-Id.
  @inlinable public static var supportedVendorID: UInt32 { 265 }
  /// Vendor-Id.
  @inlinable public static var vendorID: UInt32 { 266 }
  /// Result-Code.
  @inlinable public static var resultCode: UInt32 { 268 }
  /// Product-Name.
  @inlinable public static var productName: UInt32 { 269 }
  /// Disconnect-Cause.
  @inlinable public static var disconnectCause: UInt32 { 273 }
  /// Auth-Session-State.
  @inlinable public static var authSessionState: UInt32 { 277 }
  /// Origin-State-Id.
  @inlinable public static var originStateID: UInt32 { 278 }
  /// Failed-AVP.
  @inlinable public static var failedAVP: UInt32 { 279 }
  /// Error-Message.
  @inlinable public static var errorMessage: UInt32 { 281 }
  /// Route-Record.
  @inlinable public static var routeRecord: UInt32 { 282 }
  /// Destination-Realm.
  @inlinable public static var destinationRealm: UInt32 { 283 }
  /// Redirect-Host.
  @inlinable public static var redirectHost: UInt32 { 292 }
  /// Destination-Host.
  @inlinable public static var destinationHost: UInt32 { 293 }
  /// Error-Reporting-Host.
  @inlinable public static var errorReportingHost: UInt32 { 294 }
  /// Origin-Realm.
  @inlinable public static var originRealm: UInt32 { 296 }
  /// Experimental-Result.
  @inlinable public static var experimentalResult: UInt32 { 297 }
  /// Experimental-Result-Code.
  @inlinable public static var experimentalResultCode: UInt32 { 298 }

  // RFC 4740 section 9.5, vendor 0.
  /// Digest-Realm.
  @inlinable public static var digestRealm: UInt32 { 104 }
  /// Digest-HA1.
  @inlinable public static var digestHA1: UInt32 { 121 }

  // TS 29.229 section 6.3, vendor 10415.
  /// Visited-Network-Identifier.
  @inlinable public static var visitedNetworkIdentifier: UInt32 { 600 }
  /// Public-Identity.
  @inlinable public static var publicIdentity: UInt32 { 601 }
  /// Server-Name.
  @inlinable public static var serverName: UInt32 { 602 }
  /// Server-Capabilities.
  @inlinable public static var serverCapabilities: UInt32 { 603 }
  /// Mandatory-Capability.
  @inlinable public static var mandatoryCapability: UInt32 { 604 }
  /// Optional-Capability.
  @inlinable public static var optionalCapability: UInt32 { 605 }
  /// User-Data of Cx.
  @inlinable public static var userDataCx: UInt32 { 606 }
  /// SIP-Number-Auth-Items.
  @inlinable public static var sipNumberAuthItems: UInt32 { 607 }
  /// SIP-Authentication-Scheme.
  @inlinable public static var sipAuthenticationScheme: UInt32 { 608 }
  /// SIP-Authenticate.
  @inlinable public static var sipAuthenticate: UInt32 { 609 }
  /// SIP-Authorization.
  @inlinable public static var sipAuthorization: UInt32 { 610 }
  /// SIP-Auth-Data-Item.
  @inlinable public static var sipAuthDataItem: UInt32 { 612 }
  /// SIP-Item-Number.
  @inlinable public static var sipItemNumber: UInt32 { 613 }
  /// Server-Assignment-Type.
  @inlinable public static var serverAssignmentType: UInt32 { 614 }
  /// Deregistration-Reason.
  @inlinable public static var deregistrationReason: UInt32 { 615 }
  /// Reason-Code.
  @inlinable public static var reasonCode: UInt32 { 616 }
  /// Reason-Info.
  @inlinable public static var reasonInfo: UInt32 { 617 }
  /// User-Authorization-Type.
  @inlinable public static var userAuthorizationType: UInt32 { 623 }
  /// Confidentiality-Key.
  @inlinable public static var confidentialityKey: UInt32 { 625 }
  /// Integrity-Key.
  @inlinable public static var integrityKey: UInt32 { 626 }
  /// Associated-Identities.
  @inlinable public static var associatedIdentities: UInt32 { 632 }
  /// SIP-Digest-Authenticate.
  @inlinable public static var sipDigestAuthenticate: UInt32 { 635 }

  // TS 29.329 section 6.3, vendor 10415.
  /// User-Identity.
  @inlinable public static var userIdentity: UInt32 { 700 }
  /// User-Data of Sh.
  @inlinable public static var userDataSh: UInt32 { 702 }
}
