/// What a node does that tells its role, each with the role and the words for the evidence.
enum NodeBehaviour: UInt8, CaseIterable {
  case registersItself
  case answersAsRegistered
  case endsSessions
  case offersPreferredIdentity
  case sendsThroughProxy
  case addsPath
  case addsVisitedNetwork
  case addsChargingVector
  case offersSecurityServer
  case asksForPolicy
  case sendsUserAuthorization
  case sendsLocationInfo
  case sendsMultimediaAuth
  case sendsServerAssignment
  case answersPushProfile
  case answersRegistrationTermination
  case addsServiceRoute
  case servesSessionsFromInterrogating
  case challengesRegistration
  case isAskedOverCx
  case answersCx
  case startsCx
  case receivesThirdPartyRegister
  case answersSessions
  case beginsServiceRequests
  case returnsSessions
  case isRoutedBackFrom
  case forwardsDiameter
  case asksForUserData
  case answersSh
  case answersPolicy
  case asksForBearerPolicy
  case answersCredit
  case asksForLocationUpdate
  case answersLocationUpdate
  case receivesFirstRegister
  case servesEmergencySessions
  case endsEmergencySessions
  case passesOnTelephoneSessions
  case endsTelephoneSessions
  case redirectsToServer
  case cannotDeliver

  /// The role and the behaviour in words.
  var meaning: (role: NodeRole, words: String) {
    switch self {
    case .registersItself: (.userEquipment, "registers itself")
    case .answersAsRegistered: (.userEquipment, "is reached at the Contact it registered")
    case .endsSessions: (.userEquipment, "is the last hop of sessions behind the P-CSCF")
    case .offersPreferredIdentity: (.userEquipment, "offers P-Preferred-Identity as the first hop")
    case .sendsThroughProxy: (.userEquipment, "sends sessions to the P-CSCF as their first hop")
    case .addsPath: (.proxyCSCF, "adds Path to REGISTER")
    case .addsVisitedNetwork: (.proxyCSCF, "adds P-Visited-Network-ID to REGISTER")
    case .addsChargingVector: (.proxyCSCF, "adds P-Charging-Vector to a session from its first hop")
    case .offersSecurityServer: (.proxyCSCF, "offers Security-Server")
    case .asksForPolicy: (.proxyCSCF, "sends AAR over Rx")
    case .sendsUserAuthorization: (.interrogatingCSCF, "sends UAR")
    case .sendsLocationInfo: (.interrogatingCSCF, "sends LIR")
    case .sendsMultimediaAuth: (.servingCSCF, "sends MAR")
    case .sendsServerAssignment: (.servingCSCF, "sends SAR")
    case .answersPushProfile: (.servingCSCF, "is sent PPR")
    case .answersRegistrationTermination: (.servingCSCF, "is sent RTR")
    case .addsServiceRoute: (.servingCSCF, "adds Service-Route")
    case .servesSessionsFromInterrogating: (.servingCSCF, "is sent sessions by the I-CSCF")
    case .challengesRegistration: (.servingCSCF, "challenges REGISTER as its last hop")
    case .isAskedOverCx: (.homeSubscriberServer, "is asked over Cx")
    case .answersCx: (.homeSubscriberServer, "answers over Cx")
    case .startsCx: (.homeSubscriberServer, "starts RTR or PPR")
    case .answersSessions: (.applicationServer, "is sent sessions by the S-CSCF and answers them at its own Contact")
    case .beginsServiceRequests: (.applicationServer, "begins messages and notifications towards the S-CSCF")
    case .returnsSessions: (.applicationServer, "is sent sessions by the S-CSCF and returns them")
    case .isRoutedBackFrom: (.applicationServer, "is sent sessions by the S-CSCF with a Route back to it")
    case .receivesThirdPartyRegister: (.applicationServer, "is registered with by the S-CSCF for a user")
    case .forwardsDiameter: (.diameterAgent, "passes Diameter requests on")
    case .asksForUserData: (.applicationServer, "asks over Sh")
    case .answersSh: (.homeSubscriberServer, "answers over Sh")
    case .answersPolicy: (.policyAndChargingRules, "answers over Rx or Gx")
    case .asksForBearerPolicy: (.policyAndChargingEnforcement, "sends CCR over Gx")
    case .answersCredit: (.charging, "answers over Ro or Rf")
    case .asksForLocationUpdate: (.mobilityManagement, "asks over S6a")
    case .answersLocationUpdate: (.homeSubscriberServer, "answers over S6a")
    case .receivesFirstRegister: (.proxyCSCF, "is where the UE sends REGISTER")
    case .servesEmergencySessions: (.emergencyCSCF, "is sent emergency sessions by the P-CSCF and passes them on")
    case .endsEmergencySessions: (.mediaGatewayControl, "answers emergency sessions behind the E-CSCF")
    case .passesOnTelephoneSessions: (.breakoutGateway, "passes sessions of the S-CSCF to a telephone number on")
    case .endsTelephoneSessions: (.mediaGatewayControl, "answers sessions to a telephone number at its own Contact")
    case .redirectsToServer: (.subscriptionLocator, "names the HSS to ask in its place")
    case .cannotDeliver: (.diameterAgent, "answers that it cannot deliver a request")
    }
  }

  /// How much it says. Of a node only the behaviours of the greatest weight count.
  enum Weight: UInt8, Comparable {
    /// It is what nodes of this role are there for, and others could show it too: a host name says more.
    case presumed
    /// It rests on the order or completeness of what was captured, which two clocks or a lost packet can belie.
    case circumstantial
    /// Only this role does it.
    case certain

    static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
  }

  /// How much it says.
  var weight: Weight {
    switch self {
    case .isAskedOverCx, .receivesFirstRegister, .cannotDeliver: .presumed
    case .challengesRegistration, .addsServiceRoute, .servesSessionsFromInterrogating, .endsSessions,
      .sendsThroughProxy, .returnsSessions, .isRoutedBackFrom, .addsChargingVector, .answersSessions,
      .beginsServiceRequests,
      .servesEmergencySessions, .endsEmergencySessions, .passesOnTelephoneSessions, .endsTelephoneSessions:
      .circumstantial
    default: .certain
    }
  }
}
