import ByteReading
import CaptureFacts
import Testing

@testable import SecurityAssociations

/// Keys of SRTP as session descriptions give them, and what follows from them.
@Suite struct MediaKeyTests {
  private static let text = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"

  private func keys(_ value: String) -> [MediaKey] {
    let bytes = Array(value.utf8)
    return MediaKey.keys(bytes.rawSpan, in: 0..<bytes.count)
  }

  private func secret(_ bytes: [UInt8]) -> SecretBytes { SecretBytes(bytes.rawSpan, in: 0..<bytes.count) }

  private func bytes(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }
    return stride(from: 0, to: digits.count, by: 2).compactMap { place in
      let start = digits.index(digits.startIndex, offsetBy: place)
      return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
    }
  }

  private func bytes(of secret: SecretBytes) -> [UInt8] { unsafe secret.withBytes { unsafe Array($0) } }

  @Test(
    "the attribute of RFC 4568 section 9.2, and what of it cannot be opened",
    arguments: [
      // RFC 4568 section 10.1, with a lifetime and an identifier.
      ("1 AES_CM_128_HMAC_SHA1_80 inline:\(text)|2^20|1:4 FEC_ORDER=FEC_SRTP", 1),
      ("1 AES_CM_128_HMAC_SHA1_32 inline:\(text)|2^20;inline:\(text)|1:4", 2),
      ("1 AES_CM_128_HMAC_SHA1_80 inline:\(text) KDR=0", 1), ("1 AES_CM_128_HMAC_SHA1_80 inline:\(text) KDR=3", 0),
      ("1 AES_CM_128_HMAC_SHA1_80 inline:\(text) UNAUTHENTICATED_SRTP", 0),
      ("1 AES_CM_128_HMAC_SHA1_80 inline:\(text) UNENCRYPTED_SRTP", 1),
      ("1 F8_128_HMAC_SHA1_80 inline:\(text)", 0), ("1 AES_256_CM_HMAC_SHA1_80 inline:\(text)", 0),
      ("1 AEAD_AES_128_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw==", 1),
      ("1 AEAD_AES_128_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw", 1),
      ("1 AES_CM_128_HMAC_SHA1_80 inline:\(text)|1:129", 0), ("1 AES_CM_128_HMAC_SHA1_80 inline:secret", 0),
      ("1 AES_CM_128_HMAC_SHA1_80", 0), ("", 0), ("1 AES_CM_128_HMAC_SHA1_80 inline:", 0), ("inline:", 0),
    ])
  func attribute(value: String, count: Int) {
    #expect(keys(value).count == count)
    // Cut anywhere, it traps nowhere.
    for end in value.indices { _ = keys(String(value[..<end])) }
  }

  @Test("the identifier, and whether the payload is encrypted") func parameters() throws {
    let first = try #require(keys("1 AES_CM_128_HMAC_SHA1_80 inline:\(MediaKeyTests.text)|2^20|1:4").first)
    #expect(first.identifierLength == 4 && first.isEncrypted && first.isControlEncrypted)
    let second = try #require(keys("1 AES_CM_128_HMAC_SHA1_80 inline:\(MediaKeyTests.text) UNENCRYPTED_SRTCP").first)
    #expect(second.identifierLength == 0 && second.isEncrypted && !second.isControlEncrypted)
    #expect(!first.isSame(second) && second.isSame(second))
  }

  @Test("session keys as in RFC 3711 appendix B.3") func derivation() throws {
    let suite = try #require(MediaCryptoSuite.all.first)
    let key = MediaKey(
      suite: suite, secret: secret(bytes("E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6")),
      identifierLength: 0, isEncrypted: true, isControlEncrypted: true)
    let keys = try #require(MediaSessionKeys(key, isControl: false, MediaCipher()))
    #expect(bytes(of: keys.encryption) == bytes("C61E7A93744F39EE10734AFE3FF7A087"))
    #expect(bytes(of: keys.salt) == bytes("30CBBC08863D8C85D49DB34A9AE1"))
    #expect(bytes(of: keys.authentication) == bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"))
  }

  @Test(
    "session keys of 256 and 192 bits as in RFC 6188 sections 7.2 and 7.4",
    arguments: [
      (
        "aes_256_cm_hmac_sha1_80",
        "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6 3b04803de51ee7c96423ab5b78d2",
        "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4", "fa31791685ca444a9e07c6c64e93",
        "fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"
      ),
      (
        "aes_192_cm_hmac_sha1_80", "73edc66c4fa15776fb57f9505c17136550ffda71f3e8e5f1 c8522f3acd4ce86d5add78edbb11",
        "31874736a8f1143870c26e4857d8a5b2c4a354407faadabb", "2372b82d639b6d8503a47adc0a6c",
        "355b10973cd95b9eacf4061c7e1a7151e7cfbfcb"
      ),
    ])
  func longerKeys(suite: String, text: String, encryption: String, salt: String, authentication: String) throws {
    let key = try master(suite, text)
    let keys = try #require(MediaSessionKeys(key, isControl: false, MediaCipher()))
    #expect(bytes(of: keys.encryption) == bytes(encryption))
    #expect(bytes(of: keys.salt) == bytes(salt))
    #expect(bytes(of: keys.authentication) == bytes(authentication))
  }

  private func master(_ suite: String, _ text: String, identifierLength: Int = 0) throws -> MediaKey {
    MediaKey(
      suite: try #require(MediaCryptoSuite.all.first { "\($0.name)" == suite }), secret: secret(bytes(text)),
      identifierLength: identifierLength, isEncrypted: true, isControlEncrypted: true)
  }

  /// Packets of the test driver of libsrtp: sixteen bytes of 0xab behind the header.
  @Test(
    "packets under keys of 256 bits, of SRTCP, and with a master key identifier, and not with a bit changed",
    arguments: [
      (
        "aes_256_cm_hmac_sha1_80",
        "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6 3b04803de51ee7c96423ab5b78d2", 0,
        "800f1234decafbadcafebabe f1d9de17ff251ff1aa007774b0b4b40da08d9d9a5b3a55d8873b"
      ),
      (
        "aes_cm_128_hmac_sha1_80", MediaKeyTests.control, 4,
        "800f1234decafbadcafebabe 4e55dc4ce79978d88ca4d215949d2402 e1f97a0d b78d6acc99ea179b8dbb"
      ),
      (
        "aes_cm_128_hmac_sha1_80", MediaKeyTests.control, 0,
        "81c8000bcafebabe 7128035be487b9bdbef89041f977a5a8 80000001 993e08cd54d6c1230798"
      ),
      (
        "aes_cm_128_hmac_sha1_80", MediaKeyTests.control, 4,
        "81c8000bcafebabe 7128035be487b9bdbef89041f977a5a8 80000001 e1f97a0d 993e08cd54d6c1230798"
      ),
      // RFC 4568 section 6.2.2: the short tag is that of SRTP alone.
      (
        "aes_cm_128_hmac_sha1_32", MediaKeyTests.control, 0,
        "81c8000bcafebabe 7128035be487b9bdbef89041f977a5a8 80000001 993e08cd54d6c1230798"
      ),
    ])
  func packets(suite: String, text: String, identifierLength: Int, packet: String) throws {
    let key = try master(suite, text, identifierLength: identifierLength)
    let packet = bytes(packet)
    let count = try #require(open(packet, key))
    let header = packet[1] == 200 ? 8 : 12
    #expect(count.opened == Array(packet[..<header]) + Array(repeating: 0xab, count: 16))
    let identifier = count.identifier
    for place in packet.indices where !identifier.contains(place) {
      var changed = packet
      changed[place] ^= 1
      let opened = open(changed, key)?.opened
      #expect(opened == nil, "byte \(place)")
    }
    let plain = MediaKey(
      suite: key.suite, secret: secret(bytes(text)), identifierLength: identifierLength == 0 ? 4 : 0, isEncrypted: true,
      isControlEncrypted: true)
    let withAnotherLength = open(packet, plain)?.opened
    #expect(withAnotherLength == nil)
  }

  private static let control = "e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6"

  /// What a packet holds, and where its identifier stands, which nothing protects (RFC 3711 section 3.1).
  private func open(_ packet: [UInt8], _ key: MediaKey) -> (opened: [UInt8], identifier: Range<Int>)? {
    let opener = MediaOpener()
    guard let header = SecuredPacket(packet.rawSpan),
      let session = opener.sessionKeys(key, isControl: header.isControl)
    else { return nil }
    let count =
      header.isControl
      ? opener.open(control: packet.rawSpan, header, key, session)
      : opener.open(packet.rawSpan, header, rollover: 0, key, session)
    let tag = header.isControl ? key.suite.controlTagLength : key.suite.tagLength
    let end = packet.count - tag
    return count.map { (Array(opener.opened[..<$0]), end - key.identifierLength..<end) }
  }

  @Test("the packet of RFC 7714 section 16.1.1 is opened, and not with a bit of it changed") func galois() throws {
    let packet = bytes(
      """
      8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf
      8833899d 7f27beb1 6a9152cf 765ee439 0cce
      """)
    let suite = try #require(MediaCryptoSuite.all.first { $0.isGalois })
    let master = MediaKey(
      suite: suite, secret: secret([]), identifierLength: 0, isEncrypted: true, isControlEncrypted: true)
    let keys = MediaSessionKeys(
      encryption: secret(bytes("000102030405060708090a0b0c0d0e0f")), salt: secret(bytes("517569642070726f2071756f")),
      authentication: secret([]))
    let opener = MediaOpener()
    guard let header = SecuredPacket(packet.rawSpan),
      let count = opener.open(packet.rawSpan, header, rollover: 0, master, keys)
    else {
      Issue.record("it is not opened")
      return
    }
    #expect(String(decoding: opener.opened[12..<count], as: UTF8.self) == "Gallia est omnis divisa in partes tres")
    #expect(opener.opened[..<12].elementsEqual(packet[..<12]))
    let inAnotherRound = opener.open(packet.rawSpan, header, rollover: 1, master, keys)
    #expect(inAnotherRound == nil)
    for place in 12..<packet.count {
      var changed = packet
      changed[place] ^= 1
      let opened = opener.open(changed.rawSpan, header, rollover: 0, master, keys)
      #expect(opened == nil)
    }
    for end in 0..<packet.count {
      let part = Array(packet[..<end])
      guard let header = SecuredPacket(part.rawSpan) else { continue }
      let opened = opener.open(part.rawSpan, header, rollover: 0, master, keys)
      #expect(opened == nil)
    }
  }

  @Test("the rollover counter of RFC 3711 appendix A") func rollover() {
    let key = MediaKey(
      suite: MediaCryptoSuite.all[0], secret: secret([]), identifierLength: 0, isEncrypted: true,
      isControlEncrypted: true)
    let session = MediaSessionKeys(encryption: secret([]), salt: secret([]), authentication: secret([]))
    var state = SecuredStreamState()
    #expect(state.rollovers(of: 7) == 0..<SecuredStreamState.firstRollovers)
    state.note(65_530, 0, key, session)
    #expect(state.rollovers(of: 65_535) == 0..<1)
    #expect(state.rollovers(of: 3) == 1..<2)
    state.note(3, 1, key, session)
    #expect(state.rollovers(of: 65_534) == 0..<1, "a late packet is of the round before")
    #expect(state.rollovers(of: 4) == 1..<2)
    state.note(65_534, 0, key, session)
    #expect(state.rollovers(of: 5) == 1..<2)
  }

  @Test("packets that no key opens are tried in vain so often, and again with other keys") func vain() {
    var media = SecuredMedia()
    let source = Endpoint(address: IPAddress(v4: 1), port: 4000)
    let destination = Endpoint(address: IPAddress(v4: 2), port: 4000)
    let knewKeys = media.hasKeys
    media.learn(
      keys("1 AES_CM_128_HMAC_SHA1_80 inline:\(MediaKeyTests.text)"), of: source, at: Timestamp(nanoseconds: 0))
    let knowsKeys = media.hasKeys
    #expect(!knewKeys && knowsKeys)
    let packet: [UInt8] = [0x80, 0] + Array(repeating: 7, count: 60)
    for _ in 0..<40 {
      let forth = media.open(packet.rawSpan, from: source, to: destination, at: Timestamp(nanoseconds: 1))
      let back = media.open(packet.rawSpan, from: destination, to: source, at: Timestamp(nanoseconds: 1))
      #expect(forth == nil && back == nil)
    }
  }
}
