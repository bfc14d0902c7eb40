import ByteReading
import Testing

@testable import ServiceDocuments

/// One example of each kind, with what reports show of it.
@Suite struct ServiceDocumentTests {
  /// The fields as text: `name=value` with lists in brackets.
  private func text(_ value: DocumentValue) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): String(number)
    case .decimal(let decimal): String(decimal)
    case .flag(let flag): String(flag)
    case .list(let values): "[\(values.map(text).joined(separator: ", "))]"
    case .object(let fields): "{\(text(fields))}"
    }
  }

  private func text(_ fields: DocumentFields) -> String {
    fields.fields.map { "\($0.name)=\(text($0.value))" }.joined(separator: " ")
  }

  private static let examples: [(type: String, body: String, kind: String, fields: String)] = [
    // RFC 3680 section 5, RFC 5628 section 5.
    (
      "application/reginfo+xml;charset=utf-8",
      """
      <?xml version="1.0"?><reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="3" state="partial">
      <registration aor="sip:alice@home.example" id="a7" state="active">
       <contact id="76" state="active" event="registered" expires="3600" duration-registered="12" q="0.8" callid="c@h" cseq="2">
        <uri>sip:alice@192.0.2.4</uri><display-name>Alice</display-name>
        <unknown-param name="+sip.instance">"urn:x"</unknown-param>
        <gr:pub-gruu xmlns:gr="urn:ietf:params:xml:ns:gruuinfo" uri="sip:alice@home.example;gr=1"/></contact>
       <contact id="77" state="terminated" event="probation" retry-after="90"><uri>sip:b@192.0.2.5</uri></contact>
      </registration></reginfo>
      """, "reginfo",
      "version=3 state=partial registrations=[{aor=sip:alice@home.example state=active contacts=["
        + "{uri=sip:alice@192.0.2.4 state=active event=registered expires=3600 duration_registered=12 q=0.8 call_id=c@h "
        + "cseq=2 display_name=Alice public_gruu=sip:alice@home.example;gr=1 parameters=[+sip.instance=\"urn:x\"]}, "
        + "{uri=sip:b@192.0.2.5 state=terminated event=probation retry_after=90}]}]"
    ),
    // RFC 3863 section 4, RFC 4480 section 3.2, RFC 4119 section 2.2.
    (
      "application/pidf+xml",
      """
      <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
       xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="pres:bob@home.example">
      <tuple id="t1"><status><basic>open</basic><gp:geopriv xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10">
       <gp:location-info><gs:Circle xmlns:gs="http://www.opengis.net/pidflo/1.0"><gml:pos xmlns:gml="http://www.opengis.net/gml">
       48.5 -9.25</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">850.5</gs:radius></gs:Circle>
       <ca:civicAddress xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"><ca:country>DE</ca:country><ca:HNO>7</ca:HNO></ca:civicAddress>
       </gp:location-info><gp:method>Cell</gp:method></gp:geopriv></status>
       <contact priority="0.8">sip:bob@192.0.2.7</contact><note>back soon</note><timestamp>2026-03-01T08:00:00Z</timestamp></tuple>
      <dm:person id="p1"><rpid:activities><rpid:on-the-phone/><rpid:note>x</rpid:note></rpid:activities></dm:person>
      </presence>
      """, "presence",
      "entity=pres:bob@home.example tuples=[{id=t1 basic=open contact=sip:bob@192.0.2.7 priority=0.8 notes=[back soon] "
        + "timestamp=2026-03-01T08:00:00Z}] activities=[on-the-phone] locations=[{shape=Circle latitude=48.5 "
        + "longitude=-9.25 radius_m=850.5 civic_address=[country=DE, HNO=7] method=Cell}]"
    ),
    // RFC 4575 section 5.
    (
      "application/conference-info+xml",
      """
      <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:conf1@as.example" state="full" version="1">
      <conference-description><subject>Plans</subject><maximum-user-count>9</maximum-user-count></conference-description>
      <conference-state><user-count>2</user-count><active>true</active></conference-state>
      <users><user entity="sip:alice@home.example" state="full"><display-text>Alice</display-text>
       <roles><entry>host</entry></roles><endpoint entity="sip:a@192.0.2.1"><status>connected</status>
       <joining-method>dialed-in</joining-method><media id="1"><type>audio</type></media></endpoint></user>
      <user entity="sip:bob@home.example"><endpoint><status>disconnected</status><disconnection-method>departed\
      </disconnection-method></endpoint></user></users></conference-info>
      """, "conference_info",
      "entity=sip:conf1@as.example state=full version=1 subject=Plans user_count=2 maximum_user_count=9 active=true "
        + "users=[{entity=sip:alice@home.example state=full display_text=Alice roles=[host] endpoints=[{"
        + "entity=sip:a@192.0.2.1 status=connected joining_method=dialed-in media=[audio]}]}, {"
        + "entity=sip:bob@home.example endpoints=[{status=disconnected disconnection_method=departed}]}]"
    ),
    // RFC 4235 section 4.
    (
      "application/dialog-info+xml",
      """
      <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" state="full" entity="sip:alice@home.example">
      <dialog id="d1" call-id="c1" local-tag="l" remote-tag="r" direction="initiator"><state event="rejected" code="486">\
      terminated</state><remote><identity>sip:bob@home.example</identity></remote></dialog></dialog-info>
      """, "dialog_info",
      "entity=sip:alice@home.example state=full version=0 dialogs=[{id=d1 call_id=c1 local_tag=l remote_tag=r "
        + "direction=initiator state=terminated event=rejected code=486 remote_identity=sip:bob@home.example}]"
    ),
    // RFC 4826 section 3, RFC 5364.
    (
      "application/resource-lists+xml",
      """
      <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol">
      <list name="friends"><entry uri="sip:a@x" cp:copyControl="to"><display-name>A</display-name></entry>
      <list><external anchor="http://x.example/l"/></list></list></resource-lists>
      """, "resource_lists",
      "entries=[{uri=sip:a@x display_name=A copy_control=to list=friends}, {uri=http://x.example/l list=friends "
        + "reference=true}]"
    ),
    // TS 24.229 section 7.6.
    (
      "application/3gpp-ims+xml",
      """
      <ims-3gpp version="1"><alternative-service><type>emergency</type><reason>call 112 there</reason>
      <action>emergency-registration</action></alternative-service></ims-3gpp>
      """, "ims",
      "version=1 alternative_service={type=emergency reason=call 112 there action=emergency-registration}"
    ),
    (
      "application/3gpp-ims+xml",
      """
      <ims-3gpp version="1"><alternative-service><type><emergency/></type><reason>r</reason>
      <Extension><action><anonymous-emergencycall/></action></Extension></alternative-service></ims-3gpp>
      """, "ims", "version=1 alternative_service={type=emergency reason=r action=anonymous-emergencycall}"
    ),
    (
      "application/3gpp-ims+xml", "<ims-3gpp version='1'><service-info>k=1</service-info></ims-3gpp>", "ims",
      "version=1 service_information=k=1"
    ),
    // RFC 3842 section 5.2.
    (
      "application/simple-message-summary",
      "Messages-Waiting: yes\r\nMessage-Account: sip:alice@home.example\r\nVoice-Message: 4/8 (1/2)\r\nFax-Message: 0/1\r\n",
      "message_summary",
      "waiting=true account=sip:alice@home.example classes=[{class=voice-message new=4 old=8 new_urgent=1 old_urgent=2}, "
        + "{class=fax-message new=0 old=1}]"
    ),
    // RFC 3420, RFC 3515 section 2.4.5.
    (
      "message/sipfrag;version=2.0", "SIP/2.0 486 Busy Here\r\n", "sipfrag",
      "start_line=SIP/2.0 486 Busy Here status=486"
    ),
    (
      "message/sipfrag", "INVITE sip:a@x SIP/2.0\r\nFrom: <sip:b@x>\r\n folded\r\nCall-ID: 1", "sipfrag",
      "start_line=INVITE sip:a@x SIP/2.0 method=INVITE headers=[From, Call-ID]"
    ),
    ("message/sipfrag", "Contact: <sip:a@x>\n\nbody: no", "sipfrag", "headers=[Contact]"),
    // RFC 3862 section 2.
    (
      "message/cpim",
      "From: A <im:a@x>\r\nTo: <im:b@x>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: 34\r\n\r\n"
        + "Content-Type: text/plain\r\n\r\nHello",
      "cpim", "from=A <im:a@x> to=[<im:b@x>] message_id=34 content_type=text/plain content_length=5"
    ),
    // RFC 3204, ITU-T Q.763 table 4.
    ("application/isup;version=itu-t92+", "\u{01}\u{00}\u{49}", "isup", "message_type=IAM length=3"),
    ("application/isup", "\u{7f}", "isup", "message_type=127 length=1"),
    // What is not known stays visible.
    ("application/xml", "<weather/>", "xml", "root=weather"),
    ("application/reginfo+xml", "<weather/>", "xml", "root=weather flaw=other_document"),
    (
      "application/reginfo+xml", "<reginfo version='1'><registration aor='x'>", "reginfo",
      "version=1 state=full registrations=[{aor=x}] flaw=truncated"
    ),
    ("text/plain", "secret", "unknown", ""),
    ("application/pidf+xml", "", "unknown", "flaw=empty"),
  ]

  @Test("each kind", arguments: examples.indices) func kinds(place: Int) {
    let example = Self.examples[place]
    let document = ServiceDocument(contentType: example.type, bytes: Array(example.body.utf8).rawSpan)
    #expect(document.kind == example.kind)
    #expect(text(document.fields()) == example.fields)
    #expect(document.length == example.body.utf8.count)
  }

  @Test("no cut and no damaged byte of an example is fatal", arguments: examples.indices) func damaged(place: Int) {
    let example = Self.examples[place]
    let body = Array(example.body.utf8)
    var random: UInt64 = 0x9e37_79b9_7f4a_7c15
    for cut in stride(from: 0, to: body.count, by: max(1, body.count / 40)) {
      _ = ServiceDocument(contentType: example.type, bytes: Array(body[..<cut]).rawSpan).fields(withTexts: true)
      random = random &* 6_364_136_223_846_793_005 &+ 1
      var changed = body
      changed[Int(random >> 33) % body.count] = UInt8(truncatingIfNeeded: random >> 24)
      _ = ServiceDocument(contentType: example.type, bytes: changed.rawSpan).fields(withTexts: true)
    }
  }

  @Test(
    "only the places of a location that can be on earth are taken", arguments: ["91 0", "1e400 2", "nan nan", "5", ""])
  func impossiblePlaces(position: String) {
    let body =
      "<presence><tuple><status><geopriv><location-info><Point><pos>\(position)</pos></Point></location-info>"
      + "</geopriv></status></tuple></presence>"
    let document = ServiceDocument(contentType: "application/pidf+xml", bytes: Array(body.utf8).rawSpan)
    guard case .presence(let presence) = document.content else {
      Issue.record("\(document)")
      return
    }
    #expect(presence.locations.first?.shape == "Point" && presence.locations.first?.latitude == nil)
  }
}
