import SIPMessages

/// The form that the values of a header have, and so what is read out of them.
enum SIPHeaderForm {
  /// Text that means itself: a token, a list of them, words.
  case text
  /// A number.
  case number
  /// A name-addr or a URI, with parameters.
  case address
  /// A value with parameters behind semicolons, or parameters alone.
  case parameters
  /// A scheme, and parameters between commas.
  case credentials
  /// Via.
  case via
  /// CSeq.
  case cseq
  /// RAck.
  case rack
  /// Warning.
  case warning
  /// Retry-After.
  case retryAfter

  /// The form of a header's values.
  init(_ name: SIPHeaderName) {
    switch name {
    case .via: self = .via
    case .cseq: self = .cseq
    case .rack: self = .rack
    case .warning: self = .warning
    case .retryAfter: self = .retryAfter
    case .authorization, .proxyAuthorization, .wwwAuthenticate, .proxyAuthenticate, .authenticationInfo:
      self = .credentials
    case .contentLength, .expires, .maxBreadth, .maxForwards, .minExpires, .rseq, .flowTimer:
      self = .number
    case .from, .to, .contact, .route, .recordRoute, .path, .serviceRoute, .pAssertedIdentity, .pPreferredIdentity,
      .pAssociatedURI, .pCalledPartyID, .pServedUser, .pRefusedURIList, .pProfileKey, .pUserDatabase, .pChargeInfo,
      .referTo, .referredBy, .replyTo, .historyInfo, .diversion, .remotePartyID, .geolocation, .alertInfo, .callInfo,
      .errorInfo, .permissionMissing, .policyContact, .additionalIdentity, .pDCSTracePartyID, .referEventsAt:
      self = .address
    case .acceptContact, .rejectContact, .contentType, .contentDisposition, .accept, .acceptEncoding, .acceptLanguage,
      .event, .featureCaps, .geolocationError, .identityInfo, .infoPackage, .join, .minSE, .pAccessNetworkInfo,
      .pAnswerState, .pChargingFunctionAddresses, .pChargingVector, .pDCSBillingInfo, .pDCSLAES, .pDCSOSPS,
      .pDCSRedirect, .pEarlyMedia, .pPrivateNetworkIndication, .pVisitedNetworkID, .cellularNetworkInfo, .reason,
      .relayedCharge, .replaces, .resourceShare, .responseSource, .restorationInfo, .securityClient, .securityServer,
      .securityVerify, .serviceInteractInfo, .sessionExpires, .sessionID, .subscriptionState, .targetDialog,
      .userToUser, .attestationInfo, .originationID, .dcInfo, .identity, .answerMode, .privAnswerMode:
      self = .parameters
    default: self = .text
    }
  }
}
