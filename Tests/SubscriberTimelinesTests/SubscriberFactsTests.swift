import ByteReading
import CaptureFacts
import Testing

@testable import SubscriberTimelines

@Suite struct SubscriberFactsTests {
  @Test("RFC 7254 section 4: the IMEI of an instance")
  func equipment() {
    #expect(EquipmentIdentity.imei(ofInstance: "\"<urn:gsma:imei:90420156-025763-0>\"") == "90420156025763")
    #expect(EquipmentIdentity.imei(ofInstance: "<URN:GSMA:IMEI:90420156-025763-0;svn=42>") == "90420156025763")
    #expect(EquipmentIdentity.imei(ofInstance: "<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>") == nil)
    #expect(EquipmentIdentity.imei(ofInstance: "<urn:gsma:imei:9042015-6025763-0>") == nil)
  }

  @Test("TS 23.003 section 13.3: the IMSI of a private identity")
  func imsi() {
    func imsi(_ text: String) -> String? { Subscriber.imsi(ofPrivateIdentity: text) }
    #expect(imsi("234150999999999@ims.mnc015.mcc234.3gppnetwork.org") == "234150999999999")
    #expect(imsi("310150123456789@ims.mnc150.mcc310.3gppnetwork.org") == "310150123456789")
    #expect(imsi("262010123456789@ims.mnc015.mcc234.3gppnetwork.org") == nil)
    #expect(imsi("alice@ims.mnc015.mcc234.3gppnetwork.org") == nil)
    #expect(imsi("234150999999999@example.org") == nil)
  }

  @Test(
    "one number in its forms",
    arguments: [
      ("tel:+491711234567", nil, "491711234567"), ("sip:+491711234567@a.example", nil, "491711234567"),
      ("tel:01711234567", nil, nil), ("tel:01711234567", "49", "491711234567"),
      ("tel:00491711234567", "49", "491711234567"), ("tel:112", "49", nil),
      // A national number of a SIP URI may be any user name: an IMSI begins with 00 in a test network.
      ("sip:01711234567@a.example;user=phone", "49", "491711234567"),
      ("sip:00491711234567@a.example;user=phone", "49", "491711234567"),
      ("sip:01711234567@a.example;user=phone", nil, nil),
      ("sip:001010000000001@a.example", "49", nil), ("sip:+alice@a.example", nil, nil),
      ("tel:+1234567890123456", nil, nil),
    ] as [(String, String?, String?)])
  func numbers(_ identity: String, _ countryCode: String?, _ digits: String?) {
    #expect(InternationalNumber.digits(of: identity, countryCode: countryCode) == digits)
  }

  @Test("an MSISDN in tel and sip form is one subscriber, two of a number are not two")
  func oneSubscriber() {
    var directory = SubscriberDirectory(key: HashKey(), countryCode: "49")
    let sip = directory.noteIdentity("sip:+491711234567@a.example", isPrivate: false)
    let other = directory.noteIdentity("sip:+491711234568@a.example", isPrivate: false)
    let tel = directory.noteIdentity("tel:+491711234567", isPrivate: false)
    let national = directory.noteIdentity("tel:01711234567", isPrivate: false)
    #expect(directory.root(tel) == directory.root(sip))
    #expect(directory.root(national) == directory.root(sip))
    let forms = [
      "sip:01711234567;phone-context=a.example@a.example;user=phone", "sip:01711234567@a.example;user=phone",
      "tel:0171-1234567;phone-context=a.example", "sip:+491711234567@b.example;user=phone",
      "sip:00491711234567;phone-context=+49@a.example",
    ]
    for form in forms {
      let handle = directory.noteIdentity(IdentityText.publicIdentity(form) ?? "", isPrivate: false)
      #expect(directory.root(handle) == directory.root(sip), "\(form)")
    }
    #expect(directory.root(other) != directory.root(sip))
    #expect(directory.subscriber(with: "tel:00491711234568", isPrivate: false) == directory.root(other))
  }

  @Test("a change of access is kept once, in order of time, also where two subscribers turn out to be one")
  func accesses() {
    func access(_ seconds: Int64, _ cell: String) -> SubscriberAccess {
      SubscriberAccess(time: Timestamp(nanoseconds: seconds * 1_000_000_000), accessNetwork: cell)
    }
    var directory = SubscriberDirectory(key: HashKey())
    let one = directory.noteIdentity("a@b", isPrivate: true)
    let two = directory.noteIdentity("sip:a@b", isPrivate: false)
    directory.note(access(1, "x"), of: one)
    directory.note(access(3, "x"), of: one)
    directory.note(access(4, "z"), of: one)
    directory.note(access(2, "y"), of: two)
    directory.merge(one, two)
    var known: [String] = []
    directory.forEach { known += $0.accesses.compactMap(\.accessNetwork) }
    #expect(known == ["x", "y", "z"])
  }

  @Test("a call tells of a change of cell, put where it belongs in time; the device stays") func cells() {
    func moment(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }
    var directory = SubscriberDirectory(key: HashKey())
    let one = directory.noteIdentity("a@b", isPrivate: true)
    directory.note(SubscriberAccess(time: moment(1), accessNetwork: "x", userAgent: "phone"), of: one)
    directory.note(SubscriberAccess(time: moment(9), accessNetwork: "z", userAgent: "phone"), of: one)
    for (seconds, cell) in [(2, "x"), (5, "y"), (6, "y"), (0, "w")] as [(Int64, String)] {
      directory.note(cell: cell, at: moment(seconds), frame: nil, of: one)
    }
    directory.forEach { subscriber in
      #expect(subscriber.accesses.map(\.accessNetwork) == ["w", "x", "y", "z"])
      #expect(subscriber.accesses.map(\.userAgent) == [nil, "phone", "phone", "phone"])
    }
  }

  @Test("a contact over the whole capture: registered, refreshed, expired, and ended by whom") func bindings() {
    func moment(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }
    func binding(_ contact: String, _ seconds: Int64) -> SubscriberBinding {
      SubscriberBinding(
        contact: contact, registered: moment(seconds), refreshed: moment(seconds), expires: moment(seconds + 100))
    }
    var directory = SubscriberDirectory(key: HashKey())
    let handle = directory.noteIdentity("a@b", isPrivate: true)
    directory.note(binding("x", 0), of: handle)
    directory.note(binding("x", 50), of: handle)
    directory.note(binding("y", 60), of: handle)
    directory.endBindings(of: handle, device: "y", by: .user, at: moment(70))
    directory.note(binding("x", 200), of: handle)
    directory.endBindings(of: handle, device: nil, by: .network, at: moment(210))
    directory.note(binding("z", 220), of: handle)
    directory.note(binding("w", 280), of: handle)
    directory.expireBindings(before: moment(350))
    directory.forEach { subscriber in
      #expect(subscriber.bindings.map(\.contact) == ["x", "y", "x", "z", "w"])
      #expect(subscriber.bindings.map(\.refreshes) == [1, 0, 0, 0, 0])
      #expect(subscriber.bindings.map(\.endedBy) == [.expiry, .user, .network, .expiry, nil])
      #expect(subscriber.bindings.map(\.ended) == [moment(150), moment(70), moment(210), moment(320), nil])
    }
  }

  @Test("reference points by the roles of the peers (TS 23.002 section 6a)")
  func referencePoints() {
    let rows: [(NodeRole, NodeRole, String)] = [
      (.userEquipment, .proxyCSCF, "Gm"), (.servingCSCF, .applicationServer, "ISC"),
      (.breakoutGateway, .servingCSCF, "Mi"), (.breakoutGateway, .breakoutGateway, "Mk"),
      (.mediaGatewayControl, .breakoutGateway, "Mj"), (.servingCSCF, .mediaResource, "Mr"),
      (.emergencyCSCF, .locationRetrieval, "Ml"), (.mobileSwitching, .servingCSCF, "I2"),
      (.interconnectionBorderControl, .interconnectionBorderControl, "Ici"),
      (.proxyCSCF, .interconnectionBorderControl, "Mx"),
    ]
    for (first, second, name) in rows {
      #expect(ReferencePoint.name(between: [first], and: [second]) == name)
      #expect(ReferencePoint.name(between: [second], and: [first]) == name)
    }
  }

  @Test("ports that the user names divide an address from the first message on") func namedPorts() throws {
    var names = NodeNames()
    try names.add("10.0.0.1:5060 edge P-CSCF\n10.0.0.1:6060 home s-cscf,icscf\n[2001:db8::1]:5060 six\n", file: "n")
    var directory = NodeDirectory(names: names)
    let address = try #require(IPAddress("10.0.0.1"))
    let edge = directory.node(at: Endpoint(address: address, port: 5060), isOwn: true)
    let home = directory.node(at: Endpoint(address: address, port: 6060), isOwn: true)
    #expect(directory.root(edge) != directory.root(home))
    #expect(directory.givenName(of: edge) == "edge")
    #expect(directory.roles(of: home) == [.interrogatingCSCF, .servingCSCF])
    let six = directory.node(at: Endpoint(address: try #require(IPAddress("2001:db8::1")), port: 5060), isOwn: true)
    #expect(directory.givenName(of: six) == "six")
    #expect(directory.roles(of: six).isEmpty)
  }
}
