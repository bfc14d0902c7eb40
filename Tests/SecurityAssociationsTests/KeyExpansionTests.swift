import Testing

@testable import SecurityAssociations

/// TS 33.203 annex I. The expected values were computed with Python's hmac and hashlib.
@Suite struct KeyExpansionTests {
  private static let cipherKey = "000102030405060708090a0b0c0d0e0f"
  private static let integrityKey = "f0e1d2c3b4a5968778695a4b3c2d1e0f"

  private static let encryptions: [(EncryptionAlgorithm, String?)] = [
    (.null, nil),
    (.aesCBC, cipherKey),
    (.desEDE3CBC, cipherKey + "0001020304050607"),
    (.aesGCM, cipherKey + "4370291a"),
  ]

  private static let integrities: [(IntegrityAlgorithm, String?)] = [
    (.null, nil),
    (.hmacMD5, integrityKey),
    (.hmacSHA1, integrityKey + "00000000"),
    (.aesGMAC, integrityKey + "a100050b"),
  ]

  @Test("The encryption key is CK in the form of its algorithm", arguments: encryptions)
  func encryption(_ algorithm: EncryptionAlgorithm, _ expected: String?) throws {
    let keys = try #require(authenticationKeys(KeyExpansionTests.cipherKey, KeyExpansionTests.integrityKey))
    let expanded = try #require(keys.expanded(algorithm, .null))
    #expect(text(expanded.encryption) == expected)
  }

  @Test("The integrity key is IK in the form of its algorithm", arguments: integrities)
  func integrity(_ algorithm: IntegrityAlgorithm, _ expected: String?) throws {
    let keys = try #require(authenticationKeys(KeyExpansionTests.cipherKey, KeyExpansionTests.integrityKey))
    let expanded = try #require(keys.expanded(.null, algorithm))
    #expect(text(expanded.integrity) == expected)
  }

  @Test("Keys of another length are none, and no text or mirror shows one")
  func secrecy() throws {
    let short = bytes("0011")
    #expect(AuthenticationKeys(short.rawSpan, cipherKey: 0..<2, integrityKey: 0..<2) == nil)
    let key = SecretBytes(bytes(KeyExpansionTests.cipherKey).rawSpan, in: 0..<16)
    var shown = "\(key) "
    dump(key, to: &shown)
    #expect(!shown.contains("0e0f") && !shown.contains("14") && shown.hasPrefix("a key"))
  }
}
