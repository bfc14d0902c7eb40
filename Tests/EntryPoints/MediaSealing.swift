import ByteReading
import CLibCrypto

/// Gives packets of SRTP and SRTCP the tag that their key asks for, so that an input can reach what stands behind it. The
/// key is that of RFC 3711 appendix B.3.
enum MediaSealing {
  /// The value of the crypto attribute of each sender that has one: of the second nothing is encrypted.
  static let attributes = [
    "1 AES_CM_128_HMAC_SHA1_80 inline:4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqvm",
    "1 AES_CM_128_HMAC_SHA1_80 inline:4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqvm UNENCRYPTED_SRTP UNENCRYPTED_SRTCP",
  ]

  /// The session key for tags of SRTP: appendix B.3.
  private static let key: [UInt8] = [
    0xce, 0xbe, 0x32, 0x1f, 0x6f, 0xf7, 0x71, 0x6b, 0x6f, 0xd4, 0xab, 0x49, 0xaf, 0x25, 0x6a, 0x15, 0x6d, 0x38, 0xba,
    0xa4,
  ]
  /// That of SRTCP: label 4, derived with another implementation.
  private static let controlKey: [UInt8] = [
    0x8d, 0x54, 0x53, 0x4f, 0xeb, 0x49, 0xae, 0x8e, 0x79, 0x93, 0xa6, 0xbd, 0x0b, 0x84, 0x4f, 0xc3, 0x23, 0xa9, 0x3d,
    0xfd,
  ]

  /// What a sender sends: the bytes, of SRTCP the index, and the tag (RFC 3711 sections 3.1 and 3.4).
  static func sealed(_ bytes: RawSpan, ofSender sender: Int, rollover: UInt8) -> [UInt8] {
    var packet = bytes.copied(0..<bytes.byteCount)
    // Eighty bits of tag.
    if packet.count > 1, (192..<224).contains(packet[1]) {
      packet += [sender == 0 ? 0x80 : 0, 0, 0, rollover]
      return packet + authentication(of: packet, under: controlKey).prefix(10)
    }
    return packet + authentication(of: packet + [0, 0, 0, rollover], under: key).prefix(10)
  }

  private static func authentication(of bytes: [UInt8], under key: [UInt8]) -> [UInt8] {
    var value = [UInt8](repeating: 0, count: 20)
    var count = 0
    guard
      unsafe EVP_Q_mac(
        nil, "HMAC", nil, "SHA1", nil, key, key.count, bytes, bytes.count, &value, value.count, &count) != nil
    else { EntryPoint.fail("libcrypto has no HMAC") }
    return value
  }
}
