/// The keys of one direction of SRTP or SRTCP, derived from its master key (RFC 3711 section 4.3).
struct MediaSessionKeys {
  let encryption: SecretBytes
  let salt: SecretBytes
  /// The key of HMAC-SHA1; nothing where the encryption authenticates.
  let authentication: SecretBytes

  /// The labels of RFC 3711 section 4.3.2: 0 to 2 for SRTP, 3 to 5 for SRTCP; nil where the library fails.
  init?(_ key: MediaKey, isControl: Bool, _ cipher: MediaCipher) {
    let label: UInt8 = isControl ? 3 : 0
    guard let encryption = cipher.derive(label, count: key.suite.keyLength, from: key),
      let authentication = cipher.derive(label + 1, count: key.suite.isGalois ? 0 : 20, from: key),
      let salt = cipher.derive(label + 2, count: key.suite.saltLength, from: key)
    else { return nil }
    self.encryption = encryption
    self.authentication = authentication
    self.salt = salt
  }
}

extension MediaSessionKeys {
  /// The keys as they are.
  init(encryption: SecretBytes, salt: SecretBytes, authentication: SecretBytes) {
    self.encryption = encryption
    self.salt = salt
    self.authentication = authentication
  }
}
