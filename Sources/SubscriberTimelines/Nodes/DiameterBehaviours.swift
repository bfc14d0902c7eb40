/// What asking and answering over a Diameter application says about the two sides.
enum DiameterBehaviours {
  /// One row: an application and command, what sending the request shows, and what answering it shows.
  struct Row {
    let application: UInt32
    /// 0 for every command of the application.
    let command: UInt32
    let requester: NodeBehaviour?
    /// What being asked shows, answered or not.
    var asked: NodeBehaviour?
    let answerer: NodeBehaviour?
  }

  /// Cx/Dx: TS 29.228 section 6.1; Sh: TS 29.328 section 6.1; Rx: TS 29.214 section 5.6; Gx: TS 29.212 section 5.6; Ro:
  /// TS 32.299 section 6.4; S6a: TS 29.272 section 5.2.
  static let rows = [
    Row(
      application: 16_777_216, command: 300, requester: .sendsUserAuthorization, asked: .isAskedOverCx,
      answerer: .answersCx),
    Row(
      application: 16_777_216, command: 301, requester: .sendsServerAssignment, asked: .isAskedOverCx,
      answerer: .answersCx),
    Row(
      application: 16_777_216, command: 302, requester: .sendsLocationInfo, asked: .isAskedOverCx, answerer: .answersCx),
    Row(
      application: 16_777_216, command: 303, requester: .sendsMultimediaAuth, asked: .isAskedOverCx,
      answerer: .answersCx),
    Row(application: 16_777_216, command: 304, requester: .startsCx, answerer: .answersRegistrationTermination),
    Row(application: 16_777_216, command: 305, requester: .startsCx, answerer: .answersPushProfile),
    Row(application: 16_777_217, command: 309, requester: .answersSh, answerer: .asksForUserData),
    Row(application: 16_777_217, command: 0, requester: .asksForUserData, answerer: .answersSh),
    Row(application: 16_777_236, command: 265, requester: .asksForPolicy, answerer: .answersPolicy),
    Row(application: 16_777_236, command: 275, requester: .asksForPolicy, answerer: .answersPolicy),
    Row(application: 16_777_236, command: 0, requester: .answersPolicy, answerer: .asksForPolicy),
    Row(application: 16_777_238, command: 272, requester: .asksForBearerPolicy, answerer: .answersPolicy),
    Row(application: 16_777_238, command: 0, requester: .answersPolicy, answerer: .asksForBearerPolicy),
    Row(application: 4, command: 272, requester: nil, answerer: .answersCredit),
    Row(application: 3, command: 271, requester: nil, answerer: .answersCredit),
    Row(application: 16_777_251, command: 317, requester: .answersLocationUpdate, answerer: .asksForLocationUpdate),
    Row(application: 16_777_251, command: 319, requester: .answersLocationUpdate, answerer: .asksForLocationUpdate),
    Row(application: 16_777_251, command: 322, requester: .answersLocationUpdate, answerer: .asksForLocationUpdate),
    Row(application: 16_777_251, command: 0, requester: .asksForLocationUpdate, answerer: .answersLocationUpdate),
  ]

  /// All that these rows speak of. An agent shows it too, of what it passes on.
  static let all = Set(rows.flatMap { [$0.requester, $0.asked, $0.answerer].compactMap(\.self) })

  /// DIAMETER_REDIRECT_INDICATION (RFC 6733 section 7.1.3).
  static let redirectIndication: UInt32 = 3006

  /// What an answer shows that comes from another than the one who was to be asked: a redirect agent, which over Cx and Sh
  /// is the SLF (TS 29.228 section 8), or an agent that found nobody to hand the request to.
  static func refusal(_ result: UInt32?) -> NodeBehaviour? {
    switch result {
    case redirectIndication: .redirectsToServer
    case 3002: .cannotDeliver
    default: nil
    }
  }

  /// The row of a command: its own, else the one for every command of its application.
  static func row(application: UInt32, command: UInt32) -> Row? {
    rows.first { $0.application == application && ($0.command == command || $0.command == 0) }
  }
}
