import CaptureFacts
import Testing

@testable import SampleTraffic

/// Bytes beside the clause that says so.
struct WireFormatTests {
  @Test("CRC32C of RFC 3720 section B.4 and the check value of the polynomial")
  func castagnoli() {
    #expect(CRC32C.value(of: Array("123456789".utf8)) == 0xe306_9283)
    #expect(CRC32C.value(of: [UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
    #expect(CRC32C.value(of: [UInt8](repeating: 0xff, count: 32)) == 0x62a8_ab43)
  }

  @Test("The sum of RFC 1071 section 3")
  func internetChecksum() {
    var checksum = InternetChecksum()
    checksum.add([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7])
    #expect(checksum.value == ~UInt16(0xddf2))
  }

  @Test(
    "The vectors of RFC 4648 section 10",
    arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")])
  func base64(bytes: String, text: String) {
    #expect(Base64.text(of: Array(bytes.utf8)) == text)
  }

  @Test("An AVP of a vendor: header of 12 bytes, length without padding (RFC 6733 section 4.1)")
  func attributeValuePair() {
    let pair = AttributeValuePair.text(602, "sip:s", vendor: AttributeValuePair.vendor3GPP)
    #expect(
      pair.encoded == [
        0, 0, 0x02, 0x5a, 0xc0, 0, 0, 17, 0, 0, 0x28, 0xaf, 0x73, 0x69, 0x70, 0x3a, 0x73, 0, 0, 0,
      ])
  }

  @Test("RP-ACK and the septets of TS 23.038 section 6.1.2.1")
  func shortMessage() {
    #expect(ShortMessage.acknowledgement(reference: 7, isFromMobile: true) == [2, 7])
    let bytes = ShortMessage.submit(reference: 1, centre: "15559990000", destination: "15550000002", text: "hellohello")
    #expect(bytes.suffix(10) == [10, 0xe8, 0x32, 0x9b, 0xfd, 0x46, 0x97, 0xd9, 0xec, 0x37])
  }

  @Test("A datagram beyond the maximum transmission unit is cut at multiples of 8 (RFC 791 section 3.1)")
  func fragments() {
    var encoder = PacketEncoder(link: .rawIP, tunnel: nil)
    let source = Endpoint(address: IPAddress(v4: 0x0a00_0001), port: 5060)
    let destination = Endpoint(address: IPAddress(v4: 0x0a00_0002), port: 5060)
    let frames = encoder.datagram(from: source, to: destination, payload: [UInt8](repeating: 1, count: 3000))
    #expect(frames.map(\.count) == [1500, 1500, 3008 - 2 * 1480 + 20])
    #expect(frames.map { UInt16($0[6]) << 8 | UInt16($0[7]) } == [0x2000, 0x2000 | 185, 370])
  }
}
