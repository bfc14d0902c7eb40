import ByteReading
import Testing

@testable import ServiceDocuments

/// User-Data of Cx: TS 29.228 annexes B, C and E.
@Suite struct ServiceProfileTests {
  private static let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <IMSSubscription>
      <PrivateID>user1@home.example</PrivateID>
      <ServiceProfile>
        <PublicIdentity><BarringIndication>1</BarringIndication><Identity>sip:0010101@home.example</Identity></PublicIdentity>
        <PublicIdentity>
          <Identity>sip:alice@home.example</Identity>
          <Extension><IdentityType>0</IdentityType>
            <Extension><DisplayName>Alice</DisplayName><AliasIdentityGroupID>7</AliasIdentityGroupID>
              <Extension><ServicePriorityLevel>2</ServicePriorityLevel>
                <Extension><ExtendedPriority><PriorityNamespace>wps</PriorityNamespace><PriorityLevel>3</PriorityLevel></ExtendedPriority>
                  <Extension><MaxNumOfAllowedSimultRegistrations>4</MaxNumOfAllowedSimultRegistrations></Extension>
                </Extension></Extension></Extension></Extension>
        </PublicIdentity>
        <PublicIdentity>
          <Identity>sip:room1@home.example</Identity>
          <Extension><IdentityType>2</IdentityType><WildcardedPSI>sip:room!.*!@home.example</WildcardedPSI></Extension>
        </PublicIdentity>
        <InitialFilterCriteria>
          <Priority>20</Priority>
          <ApplicationServer><ServerName>sip:last@as.example</ServerName></ApplicationServer>
        </InitialFilterCriteria>
        <InitialFilterCriteria>
          <Priority>0</Priority>
          <TriggerPoint>
            <ConditionTypeCNF>0</ConditionTypeCNF>
            <SPT><ConditionNegated>0</ConditionNegated><Group>0</Group><Method>INVITE</Method></SPT>
            <SPT><ConditionNegated>0</ConditionNegated><Group>0</Group><SessionCase>0</SessionCase></SPT>
            <SPT><ConditionNegated>1</ConditionNegated><Group>1</Group>
              <SIPHeader><Header>Accept-Contact</Header><Content>.*\\+g\\.poc.*</Content></SIPHeader></SPT>
            <SPT><ConditionNegated>0</ConditionNegated><Group>1</Group>
              <SessionDescription><Line>m</Line><Content>video.*</Content></SessionDescription></SPT>
          </TriggerPoint>
          <ApplicationServer><ServerName>sip:tas@as.example</ServerName><DefaultHandling>1</DefaultHandling>
            <ServiceInfo>key=1</ServiceInfo>
            <Extension><IncludeRegisterRequest/><IncludeRegisterResponse/></Extension></ApplicationServer>
          <ProfilePartIndicator>0</ProfilePartIndicator>
        </InitialFilterCriteria>
        <CoreNetworkServicesAuthorization><SubscribedMediaProfileId>3</SubscribedMediaProfileId>
          <Extension><ListOfServiceIds><ServiceId>urn:x:mmtel</ServiceId></ListOfServiceIds></Extension>
        </CoreNetworkServicesAuthorization>
        <Extension><SharedIFCSetID>1</SharedIFCSetID><SharedIFCSetID>5</SharedIFCSetID></Extension>
        <Novelty/>
      </ServiceProfile>
    </IMSSubscription>
    """

  private func subscription(_ text: String = document) throws -> ServiceSubscription {
    let document = ServiceDocument(userData: Array(text.utf8).rawSpan)
    guard case .serviceSubscription(let subscription) = document.content else {
      throw TestFailure(description: "\(document)")
    }
    #expect(document.flaw == nil)
    return subscription
  }

  @Test("identities with barring, kind, alias group, priorities and bounds, through the chain of extensions")
  func identities() throws {
    let subscription = try subscription()
    #expect(subscription.privateIdentity == "user1@home.example")
    let identities = subscription.profiles[0].publicIdentities
    #expect(identities.map(\.isBarred) == [true, false, false])
    #expect(identities[1].displayName == "Alice" && identities[1].aliasGroup == "7")
    #expect(identities[1].priorityLevel == 2 && identities[1].maximumRegistrations == 4)
    #expect(identities[1].extendedPriorities == [.init(namespace: "wps", level: "3")])
    #expect(identities[2].kind == .wildcardedService && identities[2].wildcardedService == "sip:room!.*!@home.example")
    #expect(subscription.usableIdentities == ["sip:alice@home.example"])
  }

  @Test("filter criteria come by priority, with their condition as a person reads it") func criteria() throws {
    let profile = try subscription().profiles[0]
    #expect(profile.filterCriteria.map(\.priority) == [0, 20])
    let first = profile.filterCriteria[0]
    #expect(
      first.condition == "(Method = INVITE and SessionCase = originating) or "
        + "(not (header Accept-Contact ~ .*\\+g\\.poc.*) and SDP m= ~ video.*)")
    #expect(first.applicationServer == "sip:tas@as.example" && first.defaultHandling == .sessionTerminated)
    #expect(first.serviceInformation == "key=1" && first.profilePart == .registered)
    #expect(first.includesRegisterRequest && first.includesRegisterResponse)
    #expect(profile.filterCriteria[1].condition == "always")
  }

  @Test("authorisation, shared sets and what is not known") func others() throws {
    let profile = try subscription().profiles[0]
    #expect(profile.subscribedMediaProfile == 3 && profile.authorisedServices == ["urn:x:mmtel"])
    #expect(profile.sharedFilterCriteriaSets == [1, 5] && profile.unknownElements == ["Novelty"])
  }

  @Test(
    "conditions in both normal forms (TS 29.228 annex C)",
    arguments: [
      (
        "1",
        "<SPT><Group>0</Group><Method>MESSAGE</Method></SPT><SPT><Group>0</Group><Method>INVITE</Method></SPT>"
          + "<SPT><Group>1</Group><SessionCase>1</SessionCase></SPT>",
        "(Method = MESSAGE or Method = INVITE) and SessionCase = terminating_registered"
      ),
      (
        "0",
        "<SPT><Group>0</Group><Group>1</Group><Method>INVITE</Method></SPT>"
          + "<SPT><Group>1</Group><RequestURI>sip:.*</RequestURI></SPT>",
        "Method = INVITE or (Method = INVITE and Request-URI ~ sip:.*)"
      ),
      (
        "1",
        "<SPT><Group>0</Group><Method>REGISTER</Method><Extension><RegistrationType>0</RegistrationType>"
          + "<RegistrationType>2</RegistrationType></Extension></SPT>",
        "Method = REGISTER [initial_registration, de_registration]"
      ),
      ("1", "<SPT><Group>0</Group><SIPHeader><Header>P-X</Header></SIPHeader></SPT>", "header P-X present"),
      ("1", "<SPT><Group>0</Group><Weather>rain</Weather></SPT>", "unknown condition Weather"),
      ("1", "<SPT><Group>0</Group><SessionCase>9</SessionCase></SPT>", "unknown condition SessionCase 9"),
      ("1", "", "always"),
      ("0", "", "never"),
    ])
  func conditions(form: String, triggers: String, text: String) throws {
    let criteria = """
      <IMSSubscription><ServiceProfile><InitialFilterCriteria><TriggerPoint><ConditionTypeCNF>\(form)</ConditionTypeCNF>\
      \(triggers)</TriggerPoint></InitialFilterCriteria></ServiceProfile></IMSSubscription>
      """
    #expect(try subscription(criteria).profiles[0].filterCriteria[0].condition == text)
  }

  @Test("a condition that is in many groups stays small") func manyGroups() throws {
    let groups = (0..<5_000).map { "<Group>\($0)</Group>" }.joined()
    let content = String(repeating: "x", count: 100_000)
    let criteria = """
      <IMSSubscription><ServiceProfile><InitialFilterCriteria><TriggerPoint><ConditionTypeCNF>1</ConditionTypeCNF>\
      <SPT>\(groups)<RequestURI>\(content)</RequestURI></SPT></TriggerPoint></InitialFilterCriteria></ServiceProfile>\
      </IMSSubscription>
      """
    #expect(try subscription(criteria).profiles[0].filterCriteria[0].condition.utf8.count < 2_000_000)
  }

  @Test("identities are put in place of marks, or nothing is") func marks() throws {
    var subscription = try subscription(
      "<IMSSubscription><PrivateID>#</PrivateID><ServiceProfile><PublicIdentity><Identity>#</Identity></PublicIdentity>"
        + "<PublicIdentity><Identity>#</Identity></PublicIdentity></ServiceProfile></IMSSubscription>")
    let tooFew = subscription.replaceMarks("#", by: ["a", "b"])
    let enough = subscription.replaceMarks("#", by: ["a", "b", "c"])
    #expect(!tooFew && enough)
    #expect(subscription.privateIdentity == "a")
    #expect(subscription.profiles[0].publicIdentities.map(\.identity) == ["b", "c"])
  }
}

/// Why a test cannot go on.
struct TestFailure: Error, CustomStringConvertible {
  let description: String
}
