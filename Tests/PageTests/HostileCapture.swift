import DiameterMessages
import FrameBuilding
import Foundation
import SIPMessages

/// A capture in which every SIP header, every part of a URI and every AVP that can hold text holds an attack on whoever
/// shows it.
enum HostileCapture {
  /// Markup that runs, control characters and escape sequences of a terminal, marks of direction, separators of lines,
  /// and the begin of a formula. No CR or LF: these would end the header.
  static let attack =
    "=cmd|' /C calc'!A0</script><script>window.attacked=1</script><img src=x onerror=window.attacked=2>\"'`${window.attacked=3}"
    + "<!--<svg onload=window.attacked=4>]]>&lt;\u{1b}]0;attacked\u{7}\u{1b}[2J\u{9b}31m\u{8}\u{0}\u{7f}\u{202e}\u{2066}\u{200f}\u{2028}\u{feff}; A=\"#end;\nend\""
    .replacingOccurrences(of: "\n", with: " ")

  /// What no output may hold but as its code.
  static let scalars: [Unicode.Scalar] = [
    "\u{1b}", "\u{7}", "\u{9b}", "\u{8}", "\u{0}", "\u{7f}", "\u{202e}", "\u{2066}", "\u{200f}", "\u{2028}", "\u{feff}",
  ]

  /// The capture, as a classic pcap file.
  static func bytes() -> [UInt8] {
    var file = FrameBytes.hex("d4c3b2a1 02000400 00000000 00000000 00000400 01000000")
    var frames: [[UInt8]] = []
    let names = SIPHeaderName.allCases.map(\.name).filter { name in
      !["", "Via", "Call-ID", "CSeq", "Content-Length", "From", "To", "Contact", "Transfer-Encoding"].contains(name)
    }
    for (number, method) in ["REGISTER", "INVITE", "MESSAGE", "SUBSCRIBE", "PUBLISH", "OPTIONS"].enumerated() {
      let request = "\(method) sip:=cmd|'/C<script>x</script>'@ims.example SIP/2.0\r\n"
      frames.append(udp(sip(request, method, number, names), isAnswer: false))
      frames.append(udp(sip("SIP/2.0 403 \(attack)\r\n", method, number, names), isAnswer: true))
    }
    var sequence = 1
    for command in [300, 301, 302, 303, 265, 272] {
      for isRequest in [true, false] {
        let message = diameter(command, isRequest: isRequest)
        frames.append(tcp(message, isAnswer: !isRequest, sequence: sequence))
        if !isRequest { sequence += message.count }
      }
    }
    for (number, frame) in frames.enumerated() {
      file += FrameBytes.little32(1_700_000_000) + FrameBytes.little32(number * 1000)
      file += FrameBytes.little32(frame.count) + FrameBytes.little32(frame.count) + frame
    }
    return file
  }

  private static func sip(_ start: String, _ method: String, _ number: Int, _ names: [String]) -> [UInt8] {
    let body =
      "v=0\r\no=\(attack) 1 1 IN IP4 10.0.0.1\r\ns=\(attack)\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"
    var text = start
    text += "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK\(number)\r\n"
    text += "Call-ID: =1+\(number)<script>window.attacked=5</script>\r\nCSeq: 1 \(method)\r\n"
    text += "From: \"\(attack)\" <sip:=cmd|'/C<b>'@ims.example>;tag=1\r\nTo: <sip:@SUM(1)<i>@ims.example>\r\n"
    text += "Contact: <sip:-2+3<u>@10.0.0.1>;+sip.instance=\"\(attack)\"\r\n"
    text += "Authorization: Digest username=\"=cmd|'<script>'@ims.example\",realm=\"\(attack)\"\r\n"
    for name in names where name != "Authorization" && name != "Content-Type" { text += "\(name): \(attack)\r\n" }
    text +=
      "X-\(number)-Unknown: \(attack)\r\nContent-Type: application/sdp\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
    return Array((text + body).utf8)
  }

  private static func diameter(_ command: Int, isRequest: Bool) -> [UInt8] {
    var attributes: [UInt8] = []
    for vendor in [0, 10415] as [UInt32] {
      for code in 1...700 as ClosedRange<UInt32> {
        guard let definition = DiameterDictionary.standard.attribute(code, vendor: vendor) else { continue }
        switch definition.type.rawValue {
        case "Grouped", "Unsigned32", "Unsigned64", "Integer32", "Integer64", "Enumerated", "Time", "Address",
          "Float32",
          "Float64":
          continue
        default: attributes += attribute(code, vendor, Array((code == 601 ? "sip:" : "").utf8) + Array(attack.utf8))
        }
      }
    }
    attributes += attribute(9999, 10415, Array(attack.utf8))
    if !isRequest { attributes += attribute(268, 0, FrameBytes.big32(5012)) }
    let application = command == 265 ? 16_777_236 : command == 272 ? 16_777_238 : 16_777_216
    let length = 20 + attributes.count
    return [1] + FrameBytes.big32(length)[1...] + [isRequest ? 0xc0 : 0x40] + FrameBytes.big32(command)[1...]
      + FrameBytes.big32(application) + FrameBytes.big32(command) + FrameBytes.big32(command) + attributes
  }

  private static func attribute(_ code: UInt32, _ vendor: UInt32, _ value: [UInt8]) -> [UInt8] {
    let length = value.count + (vendor == 0 ? 8 : 12)
    var bytes = FrameBytes.big32(Int(code)) + [vendor == 0 ? 0x40 : 0xc0] + FrameBytes.big32(length)[1...]
    if vendor != 0 { bytes += FrameBytes.big32(Int(vendor)) }
    bytes += value
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
  }

  private static func udp(_ payload: [UInt8], isAnswer: Bool) -> [UInt8] {
    let (from, to) = isAnswer ? (FrameBytes.serverV4, FrameBytes.clientV4) : (FrameBytes.clientV4, FrameBytes.serverV4)
    return FrameBytes.ethernet(
      0x0800,
      FrameBytes.ipv4(
        17, FrameBytes.udp(payload, from: isAnswer ? 5062 : 5060, to: isAnswer ? 5060 : 5062), from: from, to: to))
  }

  private static func tcp(_ payload: [UInt8], isAnswer: Bool, sequence: Int) -> [UInt8] {
    let (from, to) = isAnswer ? (FrameBytes.serverV4, FrameBytes.clientV4) : (FrameBytes.clientV4, FrameBytes.serverV4)
    let ports =
      isAnswer ? FrameBytes.big16(3868) + FrameBytes.big16(40000) : FrameBytes.big16(40000) + FrameBytes.big16(3868)
    let header = ports + FrameBytes.big32(sequence) + FrameBytes.big32(1) + [0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0]
    return FrameBytes.ethernet(0x0800, FrameBytes.ipv4(6, header + payload, from: from, to: to))
  }
}
