import FrameBuilding
import Foundation

/// A capture in which each secret of each kind is a value that is found again wherever it is written.
enum SecretCapture {
  /// A planted value.
  struct Secret: CustomStringConvertible {
    /// What it is.
    let description: String
    /// The kind by whose name it may be asked for.
    let kind: String
    /// As it lies on the wire.
    let bytes: [UInt8]
    /// As somebody reads it, where that is another form.
    var reading: String?

    /// Every way to write it down.
    var forms: [String] {
      let hexadecimal = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      // Base64 of something longer that holds it: three ways to lie in groups of three bytes, without the edges.
      let encoded = (0..<3).map { shift in
        let text = Data(Array(repeating: 0, count: shift) + bytes).base64EncodedString()
        return String(text.dropFirst(shift == 0 ? 0 : 4).dropLast(4))
      }
      let plain = String(bytes: bytes, encoding: .ascii).map { [$0] } ?? []
      return [hexadecimal, hexadecimal.uppercased()] + encoded + plain + (reading.map { [$0] } ?? [])
    }
  }

  static let secrets = [
    Secret(description: "response", kind: "credentials", bytes: text("6629fae49393a05397450978507c4ef1")),
    Secret(description: "response of a proxy", kind: "credentials", bytes: text("7529fae49393a05397450978507c4e02")),
    Secret(description: "rspauth", kind: "credentials", bytes: text("8429fae49393a05397450978507c4e13")),
    Secret(description: "auts", kind: "credentials", bytes: text("CX4PL4ntedAutsAbCdEf")),
    Secret(description: "ck", kind: "keys", bytes: text("00c0ffee00c0ffee00c0ffee00c0ff01")),
    Secret(description: "ik", kind: "keys", bytes: text("00c0ffee00c0ffee00c0ffee00c0ff02")),
    Secret(description: "SDES key", kind: "keys", bytes: text("PlAnTeDkEyOfSdEsPlAnTeDkEyOfSdEsPlAnTeDk")),
    Secret(description: "SDP k=", kind: "keys", bytes: text("plantedClearKey")),
    Secret(description: "MESSAGE", kind: "texts", bytes: text("planted words of a message")),
    Secret(
      description: "SMS", kind: "texts",
      bytes: Array("planted short words".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }),
      reading: "planted short words"),
    Secret(
      description: "SIP-Authorization", kind: "credentials", bytes: FrameBytes.hex("a1a2a3a4a5a6a7a8a9b1b2b3b4b5b6b7")),
    Secret(description: "Confidentiality-Key", kind: "keys", bytes: FrameBytes.hex("c1c2c3c4c5c6c7c8c9d1d2d3d4d5d6d7")),
    Secret(description: "Integrity-Key", kind: "keys", bytes: FrameBytes.hex("e1e2e3e4e5e6e7e8e9f1f2f3f4f5f6f7")),
    Secret(description: "Digest-HA1", kind: "credentials", bytes: text("939e7578ed9e3c518a452acee763bce9")),
  ]

  private static func planted(_ name: String) -> String {
    String(decoding: secrets.first { $0.description == name }?.bytes ?? [], as: UTF8.self)
  }

  private static func value(_ name: String) -> [UInt8] { secrets.first { $0.description == name }?.bytes ?? [] }
  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// The capture, as a classic pcap file.
  static func bytes() -> [UInt8] {
    var file = FrameBytes.hex("d4c3b2a1 02000400 00000000 00000000 00000400 01000000")
    for (number, frame) in frames().enumerated() {
      file += FrameBytes.little32(1_700_000_000) + FrameBytes.little32(number * 1000)
      file += FrameBytes.little32(frame.count) + FrameBytes.little32(frame.count) + frame
    }
    return file
  }

  /// How many packets it has.
  static var frameCount: Int { frames().count }

  private static func frames() -> [[UInt8]] {
    let challenge =
      "WWW-Authenticate: Digest realm=\"ims.example\",nonce=\"bm9uY2U=\",algorithm=AKAv1-MD5,"
      + "ck=\"\(planted("ck"))\",ik=\"\(planted("ik"))\"\r\n"
    let credentials =
      "Authorization: Digest username=\"001010000000001@ims.example\",realm=\"ims.example\",nonce=\"bm9uY2U=\","
      + "uri=\"sip:ims.example\",response=\"\(planted("response"))\",auts=\"\(planted("auts"))\"\r\n"
      + "Proxy-Authorization: Digest username=\"a\",realm=\"b\",nonce=\"c\",response=\"\(planted("response of a proxy"))\"\r\n"
    let description =
      "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nk=clear:\(planted("SDP k="))\r\nm=audio 4000 RTP/SAVP 0\r\n"
      + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(planted("SDES key"))|2^20|1:4\r\n"
    return [
      udp(sip("REGISTER", 1, credentials)),
      udp(sip("REGISTER", 1, challenge, answer: "401 Unauthorized"), isAnswer: true),
      udp(sip("REGISTER", 2, credentials)),
      udp(
        sip(
          "REGISTER", 2, "Authentication-Info: rspauth=\"\(planted("rspauth"))\",qop=auth\r\n", answer: "200 OK"),
        isAnswer: true),
      udp(sip("INVITE", 3, "", "application/sdp", text(description))),
      udp(sip("INVITE", 3, "", answer: "403 Forbidden"), isAnswer: true),
      udp(sip("MESSAGE", 4, "", "text/plain", value("MESSAGE"))),
      udp(sip("MESSAGE", 4, "", answer: "200 OK"), isAnswer: true),
      udp(sip("MESSAGE", 5, "", "application/vnd.3gpp.sms", shortMessage())),
      udp(sip("MESSAGE", 5, "", answer: "202 Accepted"), isAnswer: true),
      tcp(diameter(isRequest: true), isAnswer: false), tcp(diameter(isRequest: false), isAnswer: true),
    ]
  }

  private static func sip(
    _ method: String, _ number: Int, _ headers: String, _ type: String = "", _ body: [UInt8] = [], answer: String? = nil
  ) -> [UInt8] {
    var head = answer.map { "SIP/2.0 \($0)\r\n" } ?? "\(method) sip:+15550002@ims.example SIP/2.0\r\n"
    head +=
      "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK\(number)\r\nCall-ID: planted-\(number)\r\nCSeq: \(number) \(method)\r\n"
    head += "From: <sip:+15550001@ims.example>;tag=\(number)\r\nTo: <sip:+15550002@ims.example>"
    head += answer == nil ? "\r\n" : ";tag=x\(number)\r\n"
    head += "Contact: <sip:+15550001@10.0.0.1>;expires=600\r\n" + headers
    if !type.isEmpty { head += "Content-Type: \(type)\r\n" }
    return text(head + "Content-Length: \(body.count)\r\n\r\n") + body
  }

  /// RP-DATA to the network with SMS-SUBMIT in UCS2 (TS 24.011 clause 7.3.1.2, TS 23.040 clause 9.2.2.2).
  private static func shortMessage() -> [UInt8] {
    let words = value("SMS")
    let unit = FrameBytes.hex("01 02 0b 91 5155050010f2 00 08") + [UInt8(words.count)] + words
    return FrameBytes.hex("00 01 00 04 91 515505") + [UInt8(unit.count)] + unit
  }

  private static func diameter(isRequest: Bool) -> [UInt8] {
    var attributes = attribute(263, 0, text("planted;1;1")) + attribute(264, 0, text("hss.ims.example"))
    attributes += attribute(1, 0, text("001010000000001@ims.example"))
    if !isRequest {
      attributes += attribute(268, 0, FrameBytes.big32(2001))
      attributes += attribute(
        612, 10415,
        attribute(608, 10415, text("Digest-AKAv1-MD5")) + attribute(610, 10415, value("SIP-Authorization"))
          + attribute(625, 10415, value("Confidentiality-Key")) + attribute(626, 10415, value("Integrity-Key"))
          + attribute(635, 10415, attribute(121, 0, value("Digest-HA1"))))
    }
    return [1] + FrameBytes.big32(20 + attributes.count)[1...] + [isRequest ? 0xc0 : 0x40] + FrameBytes.big32(303)[1...]
      + FrameBytes.big32(16_777_216) + FrameBytes.big32(7) + FrameBytes.big32(7) + attributes
  }

  private static func attribute(_ code: Int, _ vendor: Int, _ value: [UInt8]) -> [UInt8] {
    let length = value.count + (vendor == 0 ? 8 : 12)
    var bytes = FrameBytes.big32(code) + [vendor == 0 ? 0x40 : 0xc0] + FrameBytes.big32(length)[1...]
    if vendor != 0 { bytes += FrameBytes.big32(vendor) }
    bytes += value
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
  }

  private static func udp(_ payload: [UInt8], isAnswer: Bool = false) -> [UInt8] {
    let (from, to) = isAnswer ? (FrameBytes.serverV4, FrameBytes.clientV4) : (FrameBytes.clientV4, FrameBytes.serverV4)
    return FrameBytes.ethernet(
      0x0800,
      FrameBytes.ipv4(
        17, FrameBytes.udp(payload, from: isAnswer ? 5062 : 5060, to: isAnswer ? 5060 : 5062), from: from, to: to))
  }

  private static func tcp(_ payload: [UInt8], isAnswer: Bool) -> [UInt8] {
    let (from, to) = isAnswer ? (FrameBytes.serverV4, FrameBytes.clientV4) : (FrameBytes.clientV4, FrameBytes.serverV4)
    let ports =
      isAnswer ? FrameBytes.big16(3868) + FrameBytes.big16(40000) : FrameBytes.big16(40000) + FrameBytes.big16(3868)
    let header = ports + FrameBytes.big32(1) + FrameBytes.big32(1) + [0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0]
    return FrameBytes.ethernet(0x0800, FrameBytes.ipv4(6, header + payload, from: from, to: to))
  }
}
