import ByteReading
import SIPMessages
import Testing

@Suite("Session descriptions: RFC 8866 and what IMS adds")
struct SessionDescriptionTests {
  static let voice = """
    v=0
    o=- 1 2 IN IP6 2001:db8::1
    s=-
    c=IN IP6 2001:db8::1
    b=AS:41
    b=TIAS:40800
    t=0 0
    a=sendonly
    m=audio 49152 RTP/AVP 97 8 101
    b=AS:30
    b=RS:0
    a=rtpmap:97 AMR-WB/16000/1
    a=fmtp:97 mode-change-capability=2; max-red=220
    a=rtpmap:101 telephone-event/8000
    a=fmtp:101 0-15
    a=curr:qos local none
    a=curr:qos remote none
    a=des:qos mandatory local sendrecv
    a=conf:qos remote sendrecv
    a=ptime:20
    a=maxptime:240
    a=inactive
    a=mid:0
    a=rtcp:49155 IN IP6 2001:db8::1
    a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:secret
    a=candidate:1 1 UDP 2130706431 192.0.2.1 49152 typ host
    m=video 0/2 RTP/SAVPF 34
    c=IN IP4 233.252.0.1/127
    a=rtcp-mux
    a=fingerprint:sha-1 4A:AD
    m=image 4000 udptl t38
    a=sendrecv
    m=message 7394 TCP/MSRP *
    a=path:msrp://alice.example.com:7394/2s93i9ek2a;tcp

    """.replacing("\n", with: "\r\n")

  static func description(_ text: String) -> (SessionDescription?, [UInt8]) {
    let bytes = Array(text.utf8)
    return (SessionDescription(parsing: bytes.span.bytes, in: ByteRange(0, bytes.count)), bytes)
  }

  @Test("every line is where its clause says")
  func lines() throws {
    let (parsed, bytes) = Self.description(Self.voice)
    let description = try #require(parsed)
    let text = { (range: ByteRange) in String(decoding: bytes[range.range], as: UTF8.self) }
    #expect(text(description.origin.sessionID) == "1" && text(description.origin.sessionVersion) == "2")
    #expect(text(description.origin.address) == "2001:db8::1" && text(description.address) == "2001:db8::1")
    #expect(description.bandwidths.map(\.value) == [41, 40800] && text(description.bandwidths[1].modifier) == "TIAS")
    #expect(description.media.map(\.type) == [.audio, .video, .image, .message])
    #expect(description.media.map(\.port) == [49152, 0, 4000, 7394] && description.media[1].isRefused)
    #expect(description.media.map(\.direction) == [.inactive, .sendOnly, .sendReceive, .sendOnly])
    #expect(description.media.map { text($0.address) } == ["2001:db8::1", "233.252.0.1", "2001:db8::1", "2001:db8::1"])
    let audio = description.media[0]
    #expect(text(audio.protocolName) == "RTP/AVP" && audio.formats.map(\.payloadType) == [97, 8, 101])
    #expect(audio.formats.map { $0.codec(in: bytes.span.bytes)?.name } == ["AMR-WB", "PCMA", "telephone-event"])
    #expect(audio.formats.map { $0.codec(in: bytes.span.bytes)?.clockRate } == [16000, 8000, 8000])
    #expect(
      audio.formats[0].channels == 1 && text(audio.formats[0].parameters) == "mode-change-capability=2; max-red=220")
    #expect(audio.packetTime == 20 && audio.maximumPacketTime == 240 && audio.controlPort == 49155)
    #expect(audio.bandwidths.map(\.value) == [30, 0] && text(audio.identification) == "0")
    #expect(audio.preconditions.map(\.kind) == [.current, .current, .desired, .confirm])
    #expect(text(audio.preconditions[2].strength) == "mandatory" && text(audio.preconditions[2].status) == "local")
    #expect(text(audio.preconditions[2].direction) == "sendrecv" && text(audio.preconditions[0].direction) == "none")
    #expect(audio.hasCrypto && audio.hasICE && !audio.hasDTLS && !audio.multiplexesControl)
    #expect(description.media[1].hasDTLS && description.media[1].multiplexesControl)
    #expect(description.media.map(\.isT38) == [false, false, true, false])
    #expect(text(description.media[3].messagePath) == "msrp://alice.example.com:7394/2s93i9ek2a;tcp")
    #expect(description.unreadLines == 0)
  }

  @Test("found in one part of several, and nowhere where there is none")
  func multipart() throws {
    let body =
      "preamble\r\n--b1\r\nContent-Type: application/pidf+xml\r\n\r\n<x/>\r\n--b1 \r\nc: application/sdp\r\n\r\n\(Self.voice)\r\n--b1--\r\nepilogue"
    let message = try parse(
      "INVITE sip:a SIP/2.0\r\nContent-Type: multipart/mixed;boundary=\"b1\"\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    )
    #expect(message.bodyParts().count == 2)
    #expect(message.sessionDescription()?.media.count == 4)
    #expect(try parse("INVITE sip:a SIP/2.0\r\nContent-Type: text/plain\r\n\r\nv=0\r\n").sessionDescription() == nil)
    #expect(try parse("INVITE sip:a SIP/2.0\r\n\r\nv=0\r\n").sessionDescription() != nil)
  }

  @Test("more media and formats than the bounds are counted, not kept")
  func bounds() throws {
    let formats = (0..<300).map { "\($0)" }.joined(separator: " ")
    let media = String(repeating: "m=audio 1 RTP/AVP \(formats)\r\na=ptime:20\r\n", count: 100)
    let description = try #require(Self.description("v=0\r\nnonsense\r\n" + media).0)
    #expect(description.media.count == SessionDescription.maximumMedia)
    #expect(description.media[0].formats.count == SessionDescription.maximumFormats)
    #expect(description.unreadLines == 1 + 2 * (100 - SessionDescription.maximumMedia))
  }
}
