import ByteReading
import ServiceDocuments
import SIPMessages
import Testing

@testable import SubscriberTimelines

/// Whether filter criteria apply to a request, by TS 29.228 annexes B.2.3 and C.
@Suite struct FilterEvaluatorTests {
  static func criteria(_ inner: String) throws -> InitialFilterCriteria {
    let text = """
      <IMSSubscription><PrivateID>u@x.example</PrivateID><ServiceProfile><PublicIdentity><Identity>sip:u@x.example\
      </Identity></PublicIdentity><InitialFilterCriteria><Priority>1</Priority>\(inner)<ApplicationServer>\
      <ServerName>sip:as.x.example</ServerName></ApplicationServer></InitialFilterCriteria></ServiceProfile>\
      </IMSSubscription>
      """
    guard case .serviceSubscription(let subscription) = ServiceDocument(userData: Array(text.utf8).rawSpan).content
    else { throw CancellationError() }
    return try #require(subscription.profiles.first?.filterCriteria.first)
  }

  private static func trigger(_ isConjunctive: Bool, _ triggers: [(group: Int, String)]) -> String {
    let points = triggers.map { "<SPT><Group>\($0.group)</Group>\($0.1)</SPT>" }
    return
      "<TriggerPoint><ConditionTypeCNF>\(isConjunctive ? 1 : 0)</ConditionTypeCNF>\(points.joined())</TriggerPoint>"
  }

  private static let invite = """
    INVITE sip:+15550002@x.example;user=phone SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa\r\n\
    From: <sip:u@x.example>;tag=a\r\nTo: <sip:v@x.example>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n\
    Accept-Contact: *;+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel"\r\nX-Own: one\r\n\
    Content-Type: application/sdp\r\nContent-Length: 46\r\n\r\nv=0\r\nm=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA\r\n
    """

  private static let method = "<Method>INVITE</Method>"
  private static let message = "<Method>MESSAGE</Method>"
  private static let originating = "<SessionCase>0</SessionCase>"
  private static let terminating = "<SessionCase>1</SessionCase>"
  private static let huge = "(((((((a{1,60}){1,60}){1,60}){1,60}){1,60}){1,60}){1,60})"

  /// Conditions, and whether they hold for that INVITE of a registered caller; nil where nothing can be said.
  static let table: [(String, Bool?)] = [
    ("", true),
    (trigger(true, []), true), (trigger(false, []), false),
    (trigger(true, [(0, method)]), true), (trigger(true, [(0, message)]), false),
    (trigger(true, [(0, method), (1, originating)]), true), (trigger(true, [(0, method), (1, terminating)]), false),
    (trigger(true, [(0, method), (0, message), (1, originating)]), true),
    (trigger(false, [(0, message), (1, method)]), true), (trigger(false, [(0, message), (0, originating)]), false),
    (trigger(true, [(0, "<ConditionNegated>1</ConditionNegated>" + message)]), true),
    (trigger(true, [(0, "<RequestURI>^sip:\\+1555[0-9]+@</RequestURI>")]), true),
    (trigger(true, [(0, "<RequestURI>^tel:</RequestURI>")]), false),
    (trigger(true, [(0, "<SIPHeader><Header>accept-contact</Header><Content>.*mmtel.*</Content></SIPHeader>")]), true),
    (trigger(true, [(0, "<SIPHeader><Header>X-Own</Header><Content>^on.$</Content></SIPHeader>")]), true),
    (trigger(true, [(0, "<SIPHeader><Header>X-Own</Header></SIPHeader>")]), true),
    (trigger(true, [(0, "<SIPHeader><Header>Server</Header></SIPHeader>")]), false),
    (
      trigger(
        true, [(0, "<ConditionNegated>1</ConditionNegated><SIPHeader><Header>Server</Header></SIPHeader>")]), true
    ),
    (trigger(true, [(0, "<SessionDescription><Line>m</Line><Content>audio.*</Content></SessionDescription>")]), true),
    (trigger(true, [(0, "<SessionDescription><Line>m</Line><Content>video.*</Content></SessionDescription>")]), false),
    ("<ProfilePartIndicator>0</ProfilePartIndicator>", true),
    ("<ProfilePartIndicator>1</ProfilePartIndicator>", false),
    // What cannot be decided: a condition of a later release, an expression that is none, one that takes too much work.
    (trigger(true, [(0, "<Later>1</Later>")]), nil), (trigger(true, [(0, method), (1, "<Later>1</Later>")]), nil),
    (trigger(true, [(0, message), (1, "<Later>1</Later>")]), false),
    (trigger(false, [(0, method), (1, "<Later>1</Later>")]), true),
    (trigger(true, [(0, "<RequestURI>(</RequestURI>")]), nil),
    (trigger(true, [(0, "<RequestURI>\(huge)</RequestURI>")]), nil),
  ]

  @Test("conditions hold as their normal form says", arguments: table) func applies(inner: String, holds: Bool?) throws
  {
    let criteria = try FilterEvaluatorTests.criteria(inner)
    let message = try SIPMessage(parsing: Array(FilterEvaluatorTests.invite.utf8).rawSpan)
    var evaluator = FilterEvaluator()
    #expect(evaluator.applies(criteria, to: FilterSubject(message, sessionCase: .originating)) == holds)
  }

  /// Which REGISTER, and whether the criteria apply (TS 29.228 annex E, `tRegistrationType`); of a header nothing is known.
  static let registrations: [(String, ServicePointTrigger.RegistrationType, Bool?)] = [
    ("<Method>REGISTER</Method>", .initial, true), ("<Method>INVITE</Method>", .initial, false),
    ("<Method>REGISTER</Method><Extension><RegistrationType>0</RegistrationType></Extension>", .initial, true),
    ("<Method>REGISTER</Method><Extension><RegistrationType>0</RegistrationType></Extension>", .reRegistration, false),
    ("<Method>REGISTER</Method><Extension><RegistrationType>2</RegistrationType></Extension>", .deRegistration, true),
    ("<SIPHeader><Header>Server</Header></SIPHeader>", .initial, nil),
  ]

  @Test("registrations are told apart", arguments: registrations)
  func register(inner: String, type: ServicePointTrigger.RegistrationType, holds: Bool?) throws {
    let criteria = try FilterEvaluatorTests.criteria(FilterEvaluatorTests.trigger(true, [(0, inner)]))
    var evaluator = FilterEvaluator()
    #expect(evaluator.applies(criteria, to: FilterSubject(register: type)) == holds)
  }

  @Test("the work of an expression is bounded") func bounded() throws {
    let expression = try #require(RegularExpression("(a+)+$"))
    #expect(expression.matches(String(repeating: "a", count: 5_000) + "b") == nil)
    #expect(RegularExpression(String(repeating: "a", count: 513)) == nil)
    #expect(RegularExpression(String(repeating: "(", count: 40) + String(repeating: ")", count: 40)) == nil)
  }

  @Test(
    "the host of a server's name",
    arguments: [
      ("sip:as.X.example:5060;lr", "as.x.example"), ("sip:user@10.0.0.1", "10.0.0.1"),
      ("sips:[2001:db8::1]:5061", "[2001:db8::1]"), ("as.x.example", "as.x.example"), ("", ""),
    ])
  func host(uri: String, host: String) {
    #expect(ApplicationServerName.host(of: uri) == host)
  }
}
