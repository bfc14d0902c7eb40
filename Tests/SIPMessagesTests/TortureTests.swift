import ByteReading
import CaptureFacts
import SIPMessages
import Testing

@Suite("RFC 4475: the messages that no capture holds")
struct TortureTests {
  static func wire(_ text: String) -> [UInt8] {
    Array(text.replacing("\n", with: "\r\n").utf8)
  }

  /// Header fields that most of the messages share, so that each shows what it is about.
  static func request(
    _ line: String, via: String = "SIP/2.0/UDP host.example.com;branch=z9hG4bKkdjuw",
    to: String = "sip:user@example.com",
    from: String = "sip:caller@example.net;tag=323", cseq: String, _ rest: String = ""
  ) -> [UInt8] {
    wire(
      """
      \(line)
      To: \(to)
      From: \(from)
      Max-Forwards: 70
      Call-ID: torture.asdjlkfh23@192.0.2.1
      CSeq: \(cseq)
      Via: \(via)
      \(rest)Content-Length: 0


      """)
  }

  static let judgements: [(name: String, section: String, bytes: [UInt8], flaws: SIPFlaws)] = [
    (
      "intmeth", "3.1.1.2",
      wire(
        """
        !interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0
        Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~
        To: "BEL:\\\u{7} NUL:\\\u{0} DEL:\\\u{7f}" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
        From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="\u{440}\u{430}\u{431}\u{43e}\u{442}\u{430}\u{44e}\u{449}\u{438}\u{439}";tag=_token~1'+`*%!-.
        Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/"][?}{
        CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~
        Max-Forwards: 255
        extensionHeader-!.%*+_`'~: \u{fffd}\u{5927}\u{505c}\u{96fb}
        Content-Length: 0


        """), []
    ),
    (
      "lwsdisp", "3.1.1.6",
      request(
        "OPTIONS sip:user@example.com SIP/2.0", from: "caller<sip:caller@example.com>;tag=323", cseq: "60 OPTIONS"), []
    ),
    (
      "semiuri", "3.1.1.9",
      request(
        "OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0", to: "sip:j_user@example.com", cseq: "8 OPTIONS"), []
    ),
    (
      "transports", "3.1.1.10",
      request(
        "OPTIONS sip:user@example.com SIP/2.0", via: "SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw",
        cseq: "60 OPTIONS",
        """
        Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
        Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
        Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
        Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee

        """), []
    ),
    (
      "unreason", "3.1.1.12",
      request(
        "SIP/2.0 200 = 2**3 * 5**2 \u{43d}\u{43e} \u{441}\u{442}\u{43e} \u{434}\u{435}\u{432}\u{44f}\u{43d}\u{43e}\u{441}\u{442}\u{43e} \u{434}\u{435}\u{432}\u{44f}\u{442}\u{44c} - \u{43f}\u{440}\u{43e}\u{441}\u{442}\u{43e}\u{435}",
        cseq: "35 INVITE"), []
    ),
    ("noreason", "3.1.1.13", request("SIP/2.0 100 ", cseq: "35 INVITE"), []),
    (
      "clerr", "3.1.2.2",
      wire(
        """
        INVITE sip:user@example.com SIP/2.0
        Max-Forwards: 80
        To: sip:j.user@example.com
        From: sip:caller@example.net;tag=93942939o2
        Contact: <sip:caller@hungry.example.net>
        Call-ID: clerr.0ha0isndaksdjweiafasdk3
        CSeq: 8 INVITE
        Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bK-39234-23523
        Content-Type: application/sdp
        Content-Length: 9999

        v=0
        o=mhandley 29739 7272939 IN IP4 192.0.2.155
        s=-
        c=IN IP4 192.0.2.155
        t=0 0
        m=audio 49217 RTP/AVP 0 12
        m=video 3227 RTP/AVP 31
        a=rtpmap:31 LPC

        """), .contentLengthBeyondMessage
    ),
    (
      "scalar02", "3.1.2.4",
      wire(
        """
        REGISTER sip:example.com SIP/2.0
        Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bK342sdfoi3
        To: <sip:user@example.com>
        From: <sip:user@example.com>;tag=239232jh3
        CSeq: 36893488147419103232 REGISTER
        Call-ID: scalar02.23o0pd9vanlq3wnrlnewofjas9ui32
        Max-Forwards: 300
        Expires: 1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
        Contact: <sip:user@host129.example.com>;expires=280297596632815
        Content-Length: 0


        """), .scalarOutOfRange
    ),
    (
      "scalarlg", "3.1.2.5",
      wire(
        """
        SIP/2.0 503 Service Unavailable
        Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bKzzxdiwo34sw;received=192.0.2.129
        To: <sip:user@example.com>
        From: <sip:other@example.net>;tag=2easdjfejw
        CSeq: 9292394834772304023312 OPTIONS
        Call-ID: scalarlg.noase0of0234hn2qofoaf0232aewf2394r
        Retry-After: 949302838503028349304023988
        Warning: 1812 overture "In Progress"
        Content-Length: 0


        """), .scalarOutOfRange
    ),
    (
      "escruri", "3.1.2.11",
      request("INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0", cseq: "149209342 INVITE"),
      .requestURIMalformed
    ),
    (
      "regbadct", "3.1.2.13",
      request(
        "REGISTER sip:example.com SIP/2.0", cseq: "14398234 REGISTER",
        "Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E\n"), .addressMalformed
    ),
    (
      "baddn", "3.1.2.15",
      request(
        "OPTIONS sip:t.watson@example.org SIP/2.0", to: "Watson, Thomas <sip:t.watson@example.org>",
        from: "Bell, Alexander <sip:a.g.bell@example.com>;tag=43", cseq: "31415 OPTIONS"), .addressMalformed
    ),
    (
      "badvers", "3.1.2.16",
      request(
        "OPTIONS sip:t.watson@example.org SIP/7.0", via: "SIP/7.0/UDP c.example.com;branch=z9hG4bKkdjuw",
        cseq: "1 OPTIONS"), .versionUnknown
    ),
    ("mismatch02", "3.1.2.18", request("NEWMETHOD sip:user@example.com SIP/2.0", cseq: "8 INVITE"), .methodMismatch),
    (
      "bigcode", "3.1.2.19", request("SIP/2.0 4294967301 better not break the receiver", cseq: "353494 INVITE"),
      .statusOutOfRange
    ),
    (
      "badbranch", "3.2.1",
      request("OPTIONS sip:user@example.com SIP/2.0", via: "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK", cseq: "8 OPTIONS"),
      .branchEmpty
    ),
    (
      "unkscm", "3.3.2", request("OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0", cseq: "3923423 OPTIONS"),
      []
    ),
    (
      "bext01", "3.3.5",
      request(
        "OPTIONS sip:user@example.com SIP/2.0", cseq: "8 OPTIONS",
        "Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis\n"
      ), []
    ),
    (
      "invut", "3.3.6",
      request(
        "INVITE sip:user@example.com SIP/2.0", cseq: "8 INVITE",
        "Contact: <sip:caller@host5.example.net>\nContent-Type: application/unknownformat\n"), []
    ),
    (
      "multi01", "3.3.8",
      wire(
        """
        INVITE sip:user@company.com SIP/2.0
        Contact: <sip:caller@host25.example.net>
        Via: SIP/2.0/UDP 192.0.2.25;branch=z9hG4bKkdjuw
        Max-Forwards: 70
        CSeq: 5 INVITE
        Call-ID: multi01.98asdh@192.0.2.1
        CSeq: 59 INVITE
        Call-ID: multi01.98asdh@192.0.2.2
        From: sip:caller@example.com;tag=3413415
        To: sip:user@example.com
        To: sip:other@example.net
        From: sip:caller@example.net;tag=2923420123
        Content-Type: application/sdp
        l: 0
        Contact: <sip:caller@host36.example.net>
        Max-Forwards: 5


        """), .singleHeaderRepeated
    ),
    (
      "bcast", "3.3.10",
      request(
        "SIP/2.0 200 OK", via: "SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923", cseq: "35 INVITE",
        "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23\n"), []
    ),
    (
      "cparam01", "3.3.12",
      request(
        "REGISTER sip:example.com SIP/2.0", cseq: "79 REGISTER",
        "Contact: sip:+19725552222@gw1.example.net;unknownparam\n"), []
    ),
    (
      "cparam02", "3.3.13",
      request(
        "REGISTER sip:example.com SIP/2.0", cseq: "79 REGISTER",
        "Contact: <sip:+19725552222@gw1.example.net;unknownparam>\n"), []
    ),
    (
      "sdp01", "3.3.15",
      request(
        "INVITE sip:user@example.com SIP/2.0", cseq: "5 INVITE",
        "Contact: <sip:caller@host15.example.net>\nAccept: text/nobodyKnowsThis\n"), []
    ),
  ]

  @Test("each is judged as its section says", arguments: judgements)
  func judged(name: String, section: String, bytes: [UInt8], flaws: SIPFlaws) throws {
    #expect(try parse(bytes).examined().names == flaws.names, "\(name), section \(section)")
    #expect(SIPRecognition.recognise(bytes.span.bytes) == .certain)
  }

  static func message(_ name: String) throws -> SIPMessage {
    try parse(#require(judgements.first { $0.name == name }).bytes)
  }

  @Test("3.1.1.2: a wide range of valid characters")
  func wideRange() throws {
    let message = try Self.message("intmeth")
    #expect(
      message.isRequest && message.method == .unknown
        && message.text(message.methodText).hasPrefix("!interesting-Method"))
    #expect(message.text(message.uri(message.requestURI).host) == "example.com")
    #expect(message.text(message.from.tag) == "_token~1'+`*%!-.")
    #expect(message.text(message.from.displayName) == "token1~` token2'+_ token3*%!.-")
    #expect(message.text(message.topVia.branch) == "z9hG4bK-.!%66*_+`'~")
    #expect(message.text(message.callID) == "intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{")
    #expect(message.cseqNumber == 139_122_385)
  }

  @Test("3.1.1.6, 3.1.1.9, 3.1.1.10: display name, user part and transports")
  func valid() throws {
    let display = try Self.message("lwsdisp")
    #expect(display.text(display.from.displayName) == "caller" && display.text(display.from.tag) == "323")
    let semicolon = try Self.message("semiuri")
    #expect(semicolon.text(semicolon.uri(semicolon.requestURI).user) == "user;par=u%40example.net")
    #expect(semicolon.uri(semicolon.requestURI).parameters.isEmpty)
    let transports = try Self.message("transports")
    #expect(transports.vias().map { transports.text($0.transport) } == ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"])
  }

  @Test("3.1.1.12, 3.1.1.13, 3.1.2.19: reason phrases and status codes")
  func responses() throws {
    let unusual = try Self.message("unreason")
    #expect(unusual.status == 200 && unusual.text(unusual.reasonPhrase).hasPrefix("= 2**3 * 5**2 \u{43d}\u{43e}"))
    #expect(unusual.method == .invite && !unusual.isRequest)
    let empty = try Self.message("noreason")
    #expect(empty.status == 100 && empty.reasonPhrase.isEmpty)
    #expect(try Self.message("bigcode").status == .max)
  }

  @Test("3.1.2.2: what is there of the body is read")
  func cutBody() throws {
    let message = try Self.message("clerr")
    #expect(message.contentLength == 9999 && message.sessionDescription()?.media.count == 2)
  }

  @Test("3.3.12, 3.3.13: an unknown parameter belongs to the header without brackets, to the URI inside them")
  func contactParameters() throws {
    let header = try Self.message("cparam01").contacts()[0]
    #expect(!header.address.parameters.isEmpty)
    let message = try Self.message("cparam02")
    #expect(message.contacts()[0].address.parameters.isEmpty)
    #expect(message.text(message.uri(message.contacts()[0].address.uri).parameters) == ";unknownparam")
  }

  @Test("3.3.8: of repeated headers the first counts")
  func repeated() throws {
    let message = try Self.message("multi01")
    #expect(message.cseqNumber == 5 && message.text(message.callID) == "multi01.98asdh@192.0.2.1")
    #expect(message.identity(message.to.uri) == "sip:user@example.com")
  }
}
