import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages
import Testing

@testable import CorrelationStreams

/// Secrets that are planted, and what of them is left.
@Suite struct SecretMaskTests {
  private static let key = Array("a key of thirty-two bytes, or so".utf8)
  private let mask: SecretMask

  init() throws {
    mask = try #require(SecretMask(key: Self.key))
  }

  private static let challenge = (0..<32).map { UInt8($0 * 7 + 1) }
  private static let serverData = Array("data of the server".utf8)

  private static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    Base64.append(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func sip(_ lines: String..., body: [UInt8] = []) -> [UInt8] {
    Array((lines + ["Content-Length: \(body.count)", "", ""]).joined(separator: "\r\n").utf8) + body
  }

  private static let common = [
    "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1", "From: <sip:a@ims.example>;tag=1", "To: <sip:a@ims.example>;tag=2",
    "Call-ID: c1",
  ].joined(separator: "\r\n")

  private func masked(_ bytes: [UInt8]) throws -> (text: String, message: SIPMessage) {
    let masked = mask.masked(try SIPMessage(parsing: bytes.rawSpan))
    #expect(masked.count == bytes.count)
    return (String(decoding: masked, as: UTF8.self), try SIPMessage(parsing: masked.rawSpan))
  }

  @Test("digest, token and keys in headers: gone, in letters of their kind (RFC 3310 section 3, TS 24.229 7.2A.1)")
  func headers() throws {
    let secrets = [
      "6629fae49393a05397450978507c4ef1", "uxwYAXTBSmcyeOTm6YHcRQ==", "00112233445566778899AABBCCDDEEFF",
      "ffeeddccbbaa99887766554433221100",
    ]
    let bytes = Self.sip(
      "REGISTER sip:ims.example SIP/2.0", Self.common, "CSeq: 2 REGISTER",
      "Authorization: Digest username=\"a@ims.example\",realm=\"ims.example\",nonce=\"n0\",uri=\"sip:ims.example\","
        + "response=\"\(secrets[0])\",auts=\"\(secrets[1])\",algorithm=AKAv1-MD5",
      "WWW-Authenticate: Digest realm=\"ims.example\",nonce=\"n0\",ck=\"\(secrets[2])\",ik=\"\(secrets[3])\"")
    let (text, message) = try masked(bytes)
    for secret in secrets { #expect(!text.contains(secret)) }
    #expect(text.contains("username=\"a@ims.example\"") && text.contains("algorithm=AKAv1-MD5"))
    let credentials = try #require(message.credentials(.authorization).first)
    #expect(message.text(credentials.response).allSatisfy { "0123456789abcdef".contains($0) })
    #expect(message.text(credentials.auts).hasSuffix("==") && credentials.auts.count == secrets[1].count)
    #expect(message.text(credentials.nonce) != "n0" && credentials.nonce.count == 2)
  }

  @Test("an answer that is empty stays so: the first REGISTER of AKA (TS 24.229 section 5.1.1.2.2)") func empty() throws
  {
    let bytes = Self.sip(
      "REGISTER sip:ims.example SIP/2.0", Self.common, "CSeq: 1 REGISTER",
      "Authorization: Digest username=\"a\",realm=\"r\",nonce=\"\",uri=\"u\",response=\"\"")
    #expect(try masked(bytes).text == String(decoding: bytes, as: UTF8.self))
  }

  @Test("the nonce of a 401 still begins with SIP-Authenticate of the MAA (RFC 3310 section 3.2, TS 29.229 6.3.10)")
  func challengeJoin() throws {
    let nonce = Self.base64(Self.challenge + Self.serverData)
    let bytes = Self.sip(
      "SIP/2.0 401 Unauthorized", Self.common, "CSeq: 1 REGISTER",
      "WWW-Authenticate: Digest realm=\"r\",nonce=\"\(nonce)\",algorithm=AKAv1-MD5")
    let (text, message) = try masked(bytes)
    #expect(!text.contains(nonce))
    let credentials = try #require(message.credentials(.wwwAuthenticate).first)
    let decoded = credentials.decodedNonce(in: message.span)
    let found = try #require(decoded)
    #expect(found.count == Self.challenge.count + Self.serverData.count)

    let answer = try DiameterMessage(parsing: Self.answer(Self.challenge).rawSpan)
    let maskedAnswer = try DiameterMessage(parsing: mask.masked(answer).rawSpan)
    let item = try #require(maskedAnswer.authenticationItems.first)
    #expect(Array(found.prefix(32)) == maskedAnswer.span.copied(item.authenticate.range))
    #expect(Array(found.prefix(32)) != Self.challenge)
  }

  /// An MAA with one SIP-Auth-Data-Item: 609, 610, 625 and 626 of 10415.
  private static func answer(_ challenge: [UInt8]) -> [UInt8] {
    func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xff) } }
    func attribute(_ code: Int, _ data: [UInt8]) -> [UInt8] {
      let padding = [UInt8](repeating: 0, count: (4 - data.count % 4) % 4)
      return word(code) + [0xc0] + word(12 + data.count).dropFirst() + word(10415) + data + padding
    }
    let item = attribute(
      612,
      attribute(609, challenge) + attribute(610, Array("XRESXRES".utf8))
        + attribute(625, Array("CKCKCKCKCKCKCKCK".utf8))
        + attribute(626, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255]))
    return [1] + word(20 + item.count).dropFirst() + [0x40] + word(303).dropFirst() + word(16_777_216) + word(1)
      + word(2) + item
  }

  @Test("XRES, CK and IK of an MAA are gone, its AVPs are where they were") func answer() throws {
    let plain = Self.answer(Self.challenge)
    let message = try DiameterMessage(parsing: plain.rawSpan)
    let bytes = mask.masked(message)
    #expect(bytes.count == plain.count)
    for secret in ["XRESXRES", "CKCKCKCK"] { #expect(!String(decoding: bytes, as: UTF8.self).contains(secret)) }
    #expect(!bytes.contains([4, 5, 6, 7, 8, 9, 10, 11]))
    let item = try #require(message.authenticationItems.first)
    let reread = try DiameterMessage(parsing: bytes.rawSpan)
    let again = try #require(reread.authenticationItems.first)
    #expect(item.cipherPlaces == again.cipherPlaces)
  }

  @Test("keys of SRTP (RFC 4568 section 6.1), and what somebody wrote (RFC 3428)") func bodies() throws {
    let key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
    let description = Array(
      "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(key)|2^20|1:4\r\n"
        .utf8)
    let offer = Self.sip(
      "INVITE sip:b@ims.example SIP/2.0", Self.common, "CSeq: 1 INVITE", "Content-Type: application/sdp",
      body: description)
    let text = try masked(offer).text
    #expect(!text.contains(key) && text.contains("AES_CM_128_HMAC_SHA1_80 inline:") && text.contains("m=audio 4000"))

    let words = Self.sip(
      "MESSAGE sip:b@ims.example SIP/2.0", Self.common, "CSeq: 1 MESSAGE", "Content-Type: text/plain",
      body: Array("Meet me at the bridge".utf8))
    let note = try masked(words)
    #expect(!note.text.contains("Meet") && !note.text.contains("bridge") && note.message.body.count == 21)
  }

  @Test("the text of a short message, and nothing else of it (TS 24.011 section 7.3.1.2, TS 23.040 section 9.2.2.2)")
  func shortMessage() throws {
    // RP-DATA from a UE, reference 0x2a, to the centre +1234567; SUBMIT 0x07 to 5550199, default alphabet, 10 septets of
    // "hellohello" (TS 23.038 section 6.1.2.1).
    let head: [UInt8] = [
      0x00, 0x2a, 0x00, 0x05, 0x91, 0x21, 0x43, 0x65, 0xf7, 0x14, 0x01, 0x07, 0x07, 0x81, 0x55, 0x05, 0x91, 0xf9, 0x00,
      0x00, 0x0a,
    ]
    let text: [UInt8] = [0xe8, 0x32, 0x9b, 0xfd, 0x46, 0x97, 0xd9, 0xec, 0x37]
    let bytes = Self.sip(
      "MESSAGE sip:smsc@ims.example SIP/2.0", Self.common, "CSeq: 1 MESSAGE",
      "Content-Type: application/vnd.3gpp.sms", body: head + text)
    let masked = mask.masked(try SIPMessage(parsing: bytes.rawSpan))
    #expect(masked.count == bytes.count)
    #expect(masked.dropLast(text.count) == bytes.dropLast(text.count))
    #expect(Array(masked.suffix(text.count)) != text)
  }

  @Test("the same secret has the same mask under the same key, and another under another") func keys() throws {
    let value = Array("6629fae49393a05397450978507c4ef1".utf8)
    let other = try #require(SecretMask(key: Self.key.reversed()))
    #expect(mask.text(for: value) == (try #require(SecretMask(key: Self.key))).text(for: value))
    #expect(mask.text(for: value) != other.text(for: value))
    #expect(SecretMask().text(for: value) != SecretMask().text(for: value))
    #expect(SecretMask(key: Array("too short".utf8)) == nil)
  }
}

extension DiameterAuthenticationItem {
  fileprivate var cipherPlaces: [ByteRange] { [authenticate, authorization, confidentialityKey, integrityKey] }
}
