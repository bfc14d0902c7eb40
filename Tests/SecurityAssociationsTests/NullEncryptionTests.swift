import ByteReading
import CaptureFacts
import Testing

@testable import SecurityAssociations

/// Payloads without encryption are told by their structure (RFC 4303 section 2), and nothing else is.
@Suite struct NullEncryptionTests {
  private static let source = IPAddress(v4: 0x0a00_0001)
  private static let destination = IPAddress(v4: 0x0a00_0002)

  /// A datagram from port 5062 to port 6100 with its checksum.
  static func datagram(_ content: String, source: IPAddress = source, destination: IPAddress = destination) -> [UInt8] {
    let length = 8 + content.utf8.count
    var datagram: [UInt8] = [0x13, 0xc6, 0x17, 0xd4, UInt8(length >> 8), UInt8(length & 0xff), 0, 0]
    datagram += Array(content.utf8)
    var sum = 17 + length
    for address in [source, destination] {
      for shift in [48, 32, 16, 0] where !address.isV4 || shift < 32 {
        sum += Int(address.low >> UInt64(shift) & 0xffff)
        if !address.isV4 { sum += Int(address.high >> UInt64(shift) & 0xffff) }
      }
    }
    for place in datagram.indices { sum += Int(datagram[place]) << (place % 2 == 0 ? 8 : 0) }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    datagram.replaceSubrange(6..<8, with: [UInt8(~sum >> 8 & 0xff), UInt8(~sum & 0xff)])
    return datagram
  }

  /// A payload around `inside`, its integrity check value arbitrary.
  static func payload(_ inside: [UInt8], next: UInt8 = 17, vector: Int = 0, checkValue: Int = 12) -> [UInt8] {
    var payload = bytes("00000071 00000001") + Array(repeating: 0xa5, count: vector) + inside
    let padding = (4 - (inside.count + 2) % 4) % 4
    payload += (0..<padding).map { UInt8($0 + 1) } + [UInt8(padding), next]
    return payload + Array(repeating: 0x5a, count: checkValue)
  }

  @Test("All layouts are found, and the SPI keeps the one that was found", arguments: [(0, 12), (0, 16), (8, 16)])
  func layouts(_ vector: Int, _ checkValue: Int) {
    var opener = SecurityPayloadOpener()
    for content in ["a", "ab", "abc", "abcd", "OPTIONS sip:a SIP/2.0\r\n"] {
      let inside = NullEncryptionTests.datagram(content)
      let payload = NullEncryptionTests.payload(inside, vector: vector, checkValue: checkValue)
      #expect(open(payload, &opener) == .opened(17, inside))
    }
    // Known by now: without a checksum that fits, as behind an address translator.
    var inside = NullEncryptionTests.datagram("abcd")
    inside[6] ^= 0xff
    #expect(
      open(NullEncryptionTests.payload(inside, vector: vector, checkValue: checkValue), &opener) == .opened(17, inside))
    #expect(opener.coverage.first?.means == .structure)
  }

  @Test("Each fault of the structure keeps an unknown association closed")
  func faults() {
    let inside = NullEncryptionTests.datagram("abcde")
    let right = NullEncryptionTests.payload(inside)
    var opener = SecurityPayloadOpener()
    // Checksum, UDP length, port 0, padding that does not count, padding length, next header.
    let end = right.count - 12
    for place in [14, 13, 12, end - 3, end - 2, end - 1] {
      var wrong = right
      wrong[place] ^= 0x41
      #expect(open(wrong, &opener) == .failed(.noKeys), "byte \(place)")
    }
    #expect(open(right, &opener) == .opened(17, inside))
  }

  @Test("Random bytes are not taken for a packet")
  func random() {
    var opener = SecurityPayloadOpener()
    var state: UInt64 = 7
    for round in 0..<20_000 {
      var payload = bytes("00000071 00000001")
      payload[3] = UInt8(truncatingIfNeeded: round)
      for _ in 0..<(20 + round % 40) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        payload.append(UInt8(truncatingIfNeeded: state >> 33))
      }
      #expect(open(payload, &opener) == .failed(.noKeys))
    }
  }

  @Test("Tunnel mode: a whole IPv4 or IPv6 packet inside")
  func tunnel() {
    var opener = SecurityPayloadOpener()
    let version4 = bytes("4500001c00010000400166de0a0000010a0000020800f7ff00000000")
    #expect(open(NullEncryptionTests.payload(version4, next: 4), &opener) == .opened(4, version4))
    var version6 = bytes("60000000 0008 11 40") + bytes("20010db8000000000000000000000001")
    version6 += bytes("20010db8000000000000000000000002") + bytes("13c413c400080000")
    #expect(open(NullEncryptionTests.payload(version6, next: 41), &opener) == .opened(41, version6))
    var wrong = version4
    wrong[10] ^= 1
    var fresh = SecurityPayloadOpener()
    #expect(open(NullEncryptionTests.payload(wrong, next: 4), &fresh) == .failed(.noKeys))
  }

  @Test("IPv6 outside: the pseudo-header of RFC 8200 section 8.1")
  func version6() {
    let source = IPAddress(high: 0x2001_0db8_0000_0000, low: 1)
    let destination = IPAddress(high: 0x2001_0db8_0000_0000, low: 2)
    let inside = NullEncryptionTests.datagram("abcd", source: source, destination: destination)
    var opener = SecurityPayloadOpener()
    let opening = open(NullEncryptionTests.payload(inside), &opener, from: source, to: destination)
    #expect(opening == .opened(17, inside))
  }

  @Test("Keys that do not fit keep a payload without encryption closed: its sender is another")
  func wrongKeys() throws {
    let payload = NullEncryptionTests.payload(NullEncryptionTests.datagram("abcd"))
    var opener = SecurityPayloadOpener()
    opener.give([try row("NULL", "", "HMAC-SHA-1-96 [RFC2404]", "0x00")])
    #expect(open(payload, &opener) == .failed(.integrityFailed))
  }
}
