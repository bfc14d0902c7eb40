extension Scenario {
  /// Calls that go on as others, and sessions of messages.
  static let callStories: [Scenario] = [
    Scenario("transfer", "Blind transfer: REFER, NOTIFY, and the new call") { stage in
      stage.openPeers()
      let (users, third) = stage.registeredThree()
      var plan = CallPlan(users.0, users.1)
      plan.events = [.refer(.callee, to: third.dialledIdentity)]
      plan.end = .answered(talk: 400, releasedBy: .callee)
      plan.features = ["transfer"]
      let first = stage.call(plan)
      var transferred = CallPlan(users.0, third)
      transferred.fields = [("Referred-By", "<\(users.1.implicitIdentities[0])>")]
      transferred.features = ["transferred"]
      transferred.related = [first]
      stage.call(transferred)
    },
    Scenario("transfer_outside_of_dialog", "Blind transfer by a REFER with a Call-ID of its own and Target-Dialog") {
      stage in
      stage.openPeers()
      let (users, third) = stage.registeredThree()
      let start = stage.clock
      var plan = CallPlan(users.0, users.1)
      plan.callID = "targeted@\(users.0.equipment.addressText)"
      plan.fields = [("From", "<\(users.0.registeredIdentity)>;tag=target1")]
      plan.calleeTag = "target2"
      plan.end = .answered(talk: 6000, releasedBy: .callee)
      plan.features = ["transfer"]
      let first = stage.call(plan)
      stage.clock = start + 3_000_000_000
      let callID = stage.within(first) { stage in
        let network = stage.network
        let way = [users.1.equipment, network.proxy, network.serving, network.proxy, users.0.equipment]
        let callID = stage.standalone(
          "REFER", from: users.1.implicitIdentities[0], to: users.0.registeredIdentity, uri: users.0.contact,
          along: way,
          fields: [
            ("Refer-To", "<\(third.dialledIdentity)>"), ("Require", "tdialog"),
            ("Target-Dialog", "targeted@\(users.0.equipment.addressText);local-tag=target1;remote-tag=target2"),
            ("Contact", "<\(users.1.contact)>"),
          ], status: 202, phrase: "Accepted", answerFields: [("Contact", "<\(users.0.contact)>")])
        stage.wait(milliseconds: 1500)
        return stage.standalone(
          "NOTIFY", from: users.0.registeredIdentity, to: users.1.implicitIdentities[0], uri: users.1.contact,
          along: Array(way.reversed()),
          fields: [("Event", "refer"), ("Subscription-State", "terminated;reason=noresource")],
          content: .text("message/sipfrag;version=2.0", "SIP/2.0 200 OK\r\n"), inDialogOf: callID)
      }
      if let place = stage.truth.calls.firstIndex(where: { $0.id == first }) {
        stage.truth.calls[place].callIDs.append(callID)
        // REFER has a dialog of its own, on four hops.
        stage.truth.calls[place].legs += 4
      }
      stage.clock = start + 3_200_000_000
      var transferred = CallPlan(users.0, third)
      transferred.fields = [("Referred-By", "<\(users.1.implicitIdentities[0])>")]
      transferred.features = ["transferred"]
      transferred.related = [first]
      stage.call(transferred)
    },
    Scenario("attended_transfer", "A user consults a third one, and then refers the other to that call: Replaces") {
      stage in
      stage.openPeers()
      let (users, third) = stage.registeredThree()
      let start = stage.clock
      let callID = "consultation@\(users.0.equipment.addressText)"
      let replaces = "Replaces=consultation%40\(users.0.equipment.addressText)%3Bto-tag%3Dcons2%3Bfrom-tag%3Dcons1"
      var plan = CallPlan(users.0, users.1)
      plan.events = [.hold(.caller), .pause(4000), .refer(.caller, to: "\(third.dialledIdentity)?\(replaces)")]
      plan.end = .answered(talk: 900, releasedBy: .caller)
      plan.features = ["hold", "transfer"]
      let first = stage.call(plan)
      stage.clock = start + 2_000_000_000
      var consultation = CallPlan(users.0, third)
      consultation.callID = callID
      consultation.fields = [("From", "<\(users.0.registeredIdentity)>;tag=cons1")]
      consultation.calleeTag = "cons2"
      consultation.end = .answered(talk: 4500, releasedBy: .callee)
      let second = stage.call(consultation)
      stage.clock = start + 6_400_000_000
      var transferred = CallPlan(users.1, third)
      transferred.ringing = nil
      transferred.fields = [
        ("Replaces", "\(callID);to-tag=cons2;from-tag=cons1"),
        ("Referred-By", "<\(users.0.implicitIdentities[0])>"), ("Require", "replaces"),
      ]
      transferred.features = ["transferred"]
      transferred.related = [first, second]
      stage.call(transferred)
    },
    callScenario("diverted_call", "A call that was diverted twice before: History-Info with causes, Diversion") {
      $0.fields = [
        (
          "History-Info",
          "<sip:+15550000007@example.org>;index=1,<sip:+15550000008@example.org;cause=302>;index=1.1;mp=1,"
            + "<sip:15550000002@ims.mnc001.mcc001.3gppnetwork.org;cause=486>;index=1.1.1;mp=1.1"
        ),
        ("Diversion", "<tel:+15550000008>;reason=user-busy, <tel:+15550000007>;reason=unconditional"),
      ]
      $0.features = ["forwarded"]
    },
    Scenario("access_transfer", "A call whose access moves from packet to circuit: INVITE with Target-Dialog") {
      stage in
      stage.openPeers()
      let users = stage.registeredPair()
      let start = stage.clock
      var plan = CallPlan(users.0, users.1)
      plan.callID = "anchored@\(users.0.equipment.addressText)"
      plan.calleeTag = "anchor2"
      plan.fields = [
        ("From", "<\(users.0.registeredIdentity)>;tag=anchor1"),
        ("Contact", "<\(users.0.contact)>;+g.3gpp.srvcc;+g.3gpp.ps2cs-srvcc-orig-pre-alerting;+g.3gpp.mid-call"),
      ]
      plan.features = ["access_transferred"]
      plan.end = .answered(talk: 6000, releasedBy: .callee)
      let anchored = stage.call(plan)
      stage.expectServerPassedOver(registrations: 2, calls: 1)
      stage.clock = start + 3_000_000_000
      var gateway = stage.network.additional("msc", role: "", last: 19, port: 5075)
      // Its part, that of an MSC server, is none of the IMS.
      gateway.roles = []
      let server = stage.network.applicationServer
      stage.callServer(
        users.0, uri: "sip:atu-sti@\(server.host)",
        along: [gateway, stage.network.interrogating, stage.network.serving, server],
        contact: "sip:\(server.addressText):\(server.endpoint.port)", features: ["access_transfer"],
        fields: [
          ("Contact", "<sip:\(gateway.addressText):\(gateway.endpoint.port)>;+g.3gpp.srvcc"),
          ("Target-Dialog", "anchored@\(users.0.equipment.addressText);remote-tag=anchor2;local-tag=anchor1"),
          ("Require", "tdialog"), ("P-Asserted-Identity", "<\(users.0.implicitIdentities[0])>"),
          ("P-Charging-Vector", "icid-value=0a320013access;icid-generated-at=\(gateway.addressText)"),
        ], related: [anchored], releasedBy: .callee)
    },
    Scenario(
      "session_transfer_number", "A call moves to circuit: INVITE to the STN-SR that the ATCF announced at registration"
    ) { stage in
      stage.openPeers()
      // TS 24.237: the ATCF announces the number and its own address in Feature-Caps of REGISTER.
      let number = "+15550009999"
      var registration = RegistrationPlan(stage.network.subscriber(1))
      registration.featureCaps = "*;+g.3gpp.atcf=\"<tel:\(number)>\";+g.3gpp.srvcc"
      stage.register(registration)
      stage.wait(milliseconds: 300)
      stage.register(RegistrationPlan(stage.network.subscriber(2)))
      stage.wait(milliseconds: 800)
      let users = (stage.network.subscriber(1), stage.network.subscriber(2))
      let start = stage.clock
      var plan = CallPlan(users.0, users.1)
      plan.features = ["access_transferred"]
      plan.end = .answered(talk: 6000, releasedBy: .callee)
      let anchored = stage.call(plan)
      stage.clock = start + 3_000_000_000
      var gateway = stage.network.additional("msc", role: "", last: 19, port: 5075)
      gateway.roles = []
      let server = stage.network.applicationServer
      stage.callServer(
        users.0, uri: "tel:\(number)",
        along: [gateway, stage.network.interrogating, stage.network.serving, server],
        contact: "sip:\(server.addressText):\(server.endpoint.port)", features: ["access_transfer"],
        fields: [
          ("Contact", "<sip:\(gateway.addressText):\(gateway.endpoint.port)>;+g.3gpp.srvcc"),
          ("P-Asserted-Identity", "<\(users.0.implicitIdentities[0])>"),
          ("P-Charging-Vector", "icid-value=0a320013number;icid-generated-at=\(gateway.addressText)"),
        ], related: [anchored], releasedBy: .callee)
    },
    callScenario("message_session", "Messages over MSRP") {
      $0.messages = .text
      $0.features = ["messaging"]
      $0.events = [.messages, .pause(2000)]
    },
    callScenario("file_transfer", "A file over MSRP") {
      $0.messages = .file(selector: "name:\"a picture.jpg\" type:image/jpeg size:4092")
      $0.features = ["messaging", "file_transfer"]
    },
  ]
}

extension Stage {
  /// Three users that have registered.
  mutating func registeredThree() -> ((Subscriber, Subscriber), Subscriber) {
    let users = registeredPair()
    let third = network.subscriber(3)
    register(RegistrationPlan(third))
    wait(milliseconds: 500)
    return (users, third)
  }
}
