import CaptureFacts

/// Packets whose addresses, ports and identifiers, by which tables find things, differ in a few high bits alone: in a
/// table whose hash can be known before, or is weak, all of them lie in one place.
enum ChosenKeys {
  private static let server = Endpoint(address: IPAddress(high: 0x2001_0db8_0000_0000, low: 1), port: 5060)

  /// The packet with a number: each kind of key in its turn.
  static func packet(_ number: Int) -> [UInt8] {
    let (round, kind) = number.quotientAndRemainder(dividingBy: 8)
    let key = UInt64(round)
    let client = Endpoint(address: IPAddress(high: 0x2001_0db8_0000_0001, low: key << 40 | 1), port: 5060)
    switch kind {
    case 0: return datagram(client, server, Array(registration(client, round).utf8))
    case 1: return datagram(client, server, Array(invitation(round).utf8))
    case 2: return packet(client, TransportProtocol.tcp.rawValue, segment(flags: 2, []))
    case 3: return packet(client, TransportProtocol.sctp.rawValue, initiation(key))
    case 4: return packet(client, 50, security(key))
    case 5: return packet(server, 44, fragment(key))
    case 6: return datagram(server, client, media(key))
    default: return packet(client, TransportProtocol.tcp.rawValue, segment(flags: 0x18, watchdog(key)))
    }
  }

  private static func packet(_ source: Endpoint, _ next: UInt8, _ payload: [UInt8]) -> [UInt8] {
    PacketEncoder.version6(from: source.address, to: server.address, nextHeader: next, payload: payload[...])
  }

  private static func datagram(_ source: Endpoint, _ destination: Endpoint, _ payload: [UInt8]) -> [UInt8] {
    let bytes = PacketEncoder.userDatagram(from: source, to: destination, payload: payload)
    return PacketEncoder.version6(
      from: source.address, to: destination.address, nextHeader: TransportProtocol.udp.rawValue, payload: bytes[...])
  }

  /// Identities and identifiers of one form: they differ in eight characters.
  private static func name(_ number: Int) -> String {
    let digits = String(number, radix: 36)
    return String(repeating: "a", count: max(0, 8 - digits.count)) + digits
  }

  private static func registration(_ client: Endpoint, _ number: Int) -> String {
    let name = name(number)
    return """
      REGISTER sip:ims.example SIP/2.0\r
      Via: SIP/2.0/UDP ue.ims.example;branch=z9hG4bK\(name)\r
      From: <sip:\(name)@ims.example>;tag=\(name)\r
      To: <sip:\(name)@ims.example>\r
      Call-ID: \(name)\r
      CSeq: 1 REGISTER\r
      Contact: <sip:\(name)@ue.ims.example>\r
      Content-Length: 0\r
      \r

      """
  }

  private static func invitation(_ number: Int) -> String {
    let name = name(number)
    let description = """
      v=0\r
      o=- \(number) 1 IN IP6 2001:db8:2::\(String(number & 0xffff, radix: 16))\r
      s=-\r
      c=IN IP6 2001:db8:2::\(String(number & 0xffff, radix: 16))\r
      t=0 0\r
      m=audio \(1024 + 2 * (number >> 16)) RTP/AVP 0\r

      """
    return """
      INVITE sip:b\(name)@ims.example SIP/2.0\r
      Via: SIP/2.0/UDP ue.ims.example;branch=z9hG4bKi\(name)\r
      From: <sip:\(name)@ims.example>;tag=i\(name)\r
      To: <sip:b\(name)@ims.example>\r
      Call-ID: i\(name)\r
      CSeq: 1 INVITE\r
      P-Charging-Vector: icid-value=\(name)\r
      Contact: <sip:\(name)@ue.ims.example>\r
      Content-Type: application/sdp\r
      Content-Length: \(description.utf8.count)\r
      \r
      \(description)
      """
  }

  /// RFC 9293 section 3.1.
  private static func segment(flags: UInt8, _ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt16(5060))
    bytes.append(bigEndian: UInt16(3868))
    bytes.append(bigEndian: UInt32(flags & 2 == 0 ? 2 : 1))
    bytes.append(bigEndian: UInt32(0))
    return bytes + [0x50, flags, 0xff, 0xff, 0, 0, 0, 0] + payload
  }

  /// INIT (RFC 9260 section 3.3.2).
  private static func initiation(_ key: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt16(3868))
    bytes.append(bigEndian: UInt16(3868))
    bytes += [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 20]
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: key << 12 | 1))
    return bytes + [0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1]
  }

  /// RFC 4303 section 2.
  private static func security(_ key: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: key << 12 | 0x100))
    bytes.append(bigEndian: UInt32(1))
    return bytes + [UInt8](repeating: 0x5a, count: 48)
  }

  /// RFC 8200 section 4.5.
  private static func fragment(_ key: UInt64) -> [UInt8] {
    var bytes: [UInt8] = [17, 0, 0, 1]
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: key << 12))
    return bytes + [UInt8](repeating: 0, count: 64)
  }

  /// RFC 3550 section 5.1.
  private static func media(_ key: UInt64) -> [UInt8] {
    var bytes: [UInt8] = [0x80, 0, 0, 1, 0, 0, 0, 160]
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: key << 12))
    return bytes + [UInt8](repeating: 0xd5, count: 160)
  }

  /// Device-Watchdog-Request (RFC 6733 section 5.5.1).
  private static func watchdog(_ key: UInt64) -> [UInt8] {
    var bytes: [UInt8] = [1, 0, 0, 52, 0x80, 0, 1, 0x18, 0, 0, 0, 0]
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: key << 12))
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: key << 12))
    return bytes + [0, 0, 1, 8, 0x40, 0, 0, 16] + Array("mme.host".utf8) + [0, 0, 1, 0x28, 0x40, 0, 0, 16]
      + Array("ims.test".utf8)
  }
}
