/// The names of header fields: those registered for SIP (IANA, "Session Initiation Protocol Parameters"), and two that
/// are common on the wire without being registered for it (`Remote-Party-ID`, `Diversion` of RFC 5806).
public enum SIPHeaderName: UInt8, CaseIterable, Sendable {
  /// A name that is not in this list; the text is in the field's `nameRange`.
  case other
  /// `Accept`.
  case accept
  /// `Accept-Contact`, compact `a`.
  case acceptContact
  /// `Accept-Encoding`.
  case acceptEncoding
  /// `Accept-Language`.
  case acceptLanguage
  /// `Accept-Resource-Priority`.
  case acceptResourcePriority
  /// `Additional-Identity`.
  case additionalIdentity
  /// `Alert-Info`.
  case alertInfo
  /// `Allow`.
  case allow
  /// `Allow-Events`, compact `u`.
  case allowEvents
  /// `Answer-Mode`.
  case answerMode
  /// `Attestation-Info`.
  case attestationInfo
  /// `Authentication-Info`.
  case authenticationInfo
  /// `Authorization`.
  case authorization
  /// `Call-ID`, compact `i`.
  case callID
  /// `Call-Info`.
  case callInfo
  /// `Cellular-Network-Info`.
  case cellularNetworkInfo
  /// `Contact`, compact `m`.
  case contact
  /// `Content-Disposition`.
  case contentDisposition
  /// `Content-Encoding`, compact `e`.
  case contentEncoding
  /// `Content-ID`.
  case contentID
  /// `Content-Language`.
  case contentLanguage
  /// `Content-Length`, compact `l`.
  case contentLength
  /// `Content-Type`, compact `c`.
  case contentType
  /// `CSeq`.
  case cseq
  /// `Date`.
  case date
  /// `DC-Info`.
  case dcInfo
  /// `Diversion`.
  case diversion
  /// `Encryption`.
  case encryption
  /// `Error-Info`.
  case errorInfo
  /// `Event`, compact `o`.
  case event
  /// `Expires`.
  case expires
  /// `Feature-Caps`.
  case featureCaps
  /// `Flow-Timer`.
  case flowTimer
  /// `From`, compact `f`.
  case from
  /// `Geolocation`.
  case geolocation
  /// `Geolocation-Error`.
  case geolocationError
  /// `Geolocation-Routing`.
  case geolocationRouting
  /// `Hide`.
  case hide
  /// `History-Info`.
  case historyInfo
  /// `Identity`, compact `y`.
  case identity
  /// `Identity-Info`, compact `n`.
  case identityInfo
  /// `In-Reply-To`.
  case inReplyTo
  /// `Info-Package`.
  case infoPackage
  /// `Join`.
  case join
  /// `Max-Breadth`.
  case maxBreadth
  /// `Max-Forwards`.
  case maxForwards
  /// `MIME-Version`.
  case mimeVersion
  /// `Min-Expires`.
  case minExpires
  /// `Min-SE`.
  case minSE
  /// `Organization`.
  case organization
  /// `Origination-Id`.
  case originationID
  /// `P-Access-Network-Info`.
  case pAccessNetworkInfo
  /// `P-Answer-State`.
  case pAnswerState
  /// `P-Asserted-Identity`.
  case pAssertedIdentity
  /// `P-Asserted-Service`.
  case pAssertedService
  /// `P-Associated-URI`.
  case pAssociatedURI
  /// `P-Called-Party-ID`.
  case pCalledPartyID
  /// `P-Charge-Info`.
  case pChargeInfo
  /// `P-Charging-Function-Addresses`.
  case pChargingFunctionAddresses
  /// `P-Charging-Vector`.
  case pChargingVector
  /// `P-DCS-Billing-Info`.
  case pDCSBillingInfo
  /// `P-DCS-LAES`.
  case pDCSLAES
  /// `P-DCS-OSPS`.
  case pDCSOSPS
  /// `P-DCS-Redirect`.
  case pDCSRedirect
  /// `P-DCS-Trace-Party-ID`.
  case pDCSTracePartyID
  /// `P-Early-Media`.
  case pEarlyMedia
  /// `P-Media-Authorization`.
  case pMediaAuthorization
  /// `P-Preferred-Identity`.
  case pPreferredIdentity
  /// `P-Preferred-Service`.
  case pPreferredService
  /// `P-Private-Network-Indication`.
  case pPrivateNetworkIndication
  /// `P-Profile-Key`.
  case pProfileKey
  /// `P-Refused-URI-List`.
  case pRefusedURIList
  /// `P-Served-User`.
  case pServedUser
  /// `P-User-Database`.
  case pUserDatabase
  /// `P-Visited-Network-ID`.
  case pVisitedNetworkID
  /// `Path`.
  case path
  /// `Permission-Missing`.
  case permissionMissing
  /// `Policy-Contact`.
  case policyContact
  /// `Policy-ID`.
  case policyID
  /// `Priority`.
  case priority
  /// `Priority-Share`.
  case priorityShare
  /// `Priority-Verstat`.
  case priorityVerstat
  /// `Priv-Answer-Mode`.
  case privAnswerMode
  /// `Privacy`.
  case privacy
  /// `Proxy-Authenticate`.
  case proxyAuthenticate
  /// `Proxy-Authorization`.
  case proxyAuthorization
  /// `Proxy-Require`.
  case proxyRequire
  /// `RAck`.
  case rack
  /// `Reason`.
  case reason
  /// `Reason-Phrase`.
  case reasonPhrase
  /// `Record-Route`.
  case recordRoute
  /// `Recv-Info`.
  case recvInfo
  /// `Refer-Events-At`.
  case referEventsAt
  /// `Refer-Sub`.
  case referSub
  /// `Refer-To`, compact `r`.
  case referTo
  /// `Referred-By`, compact `b`.
  case referredBy
  /// `Reject-Contact`, compact `j`.
  case rejectContact
  /// `Relayed-Charge`.
  case relayedCharge
  /// `Remote-Party-ID`.
  case remotePartyID
  /// `Replaces`.
  case replaces
  /// `Reply-To`.
  case replyTo
  /// `Request-Disposition`, compact `d`.
  case requestDisposition
  /// `Require`.
  case require
  /// `Resource-Priority`.
  case resourcePriority
  /// `Resource-Share`.
  case resourceShare
  /// `Response-Key`.
  case responseKey
  /// `Response-Source`.
  case responseSource
  /// `Restoration-Info`.
  case restorationInfo
  /// `Retry-After`.
  case retryAfter
  /// `Route`.
  case route
  /// `RSeq`.
  case rseq
  /// `Security-Client`.
  case securityClient
  /// `Security-Server`.
  case securityServer
  /// `Security-Verify`.
  case securityVerify
  /// `Server`.
  case server
  /// `Service-Interact-Info`.
  case serviceInteractInfo
  /// `Service-Route`.
  case serviceRoute
  /// `Session-Expires`, compact `x`.
  case sessionExpires
  /// `Session-ID`.
  case sessionID
  /// `SIP-ETag`.
  case sipETag
  /// `SIP-If-Match`.
  case sipIfMatch
  /// `Subject`, compact `s`.
  case subject
  /// `Subscription-State`.
  case subscriptionState
  /// `Supported`, compact `k`.
  case supported
  /// `Suppress-If-Match`.
  case suppressIfMatch
  /// `Target-Dialog`.
  case targetDialog
  /// `Timestamp`.
  case timestamp
  /// `To`, compact `t`.
  case to
  /// `Trigger-Consent`.
  case triggerConsent
  /// `Unsupported`.
  case unsupported
  /// `User-Agent`.
  case userAgent
  /// `User-to-User`.
  case userToUser
  /// `Via`, compact `v`.
  case via
  /// `Warning`.
  case warning
  /// `WWW-Authenticate`.
  case wwwAuthenticate

  /// The name as its standard writes it; empty for `other`.
  public var name: String {
    "\(SIPHeaderRegistry.entry(of: self).name)"
  }

  /// Whether its value is a comma-separated list, so that several fields of the name mean the same as one
  /// (RFC 3261 section 7.3.1).
  public var isList: Bool {
    SIPHeaderRegistry.entry(of: self).isList
  }
}
