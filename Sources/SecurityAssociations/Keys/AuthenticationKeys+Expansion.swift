import ByteReading

/// Key expansion for ESP, TS 33.203 annex I.
extension AuthenticationKeys {
  /// The keys of the algorithms; nil where they are not of TS 33.203, or the library cannot derive them.
  func expanded(_ encryption: EncryptionAlgorithm, _ integrity: IntegrityAlgorithm) -> ProtectionKeys? {
    let encryptionKey: SecretBytes?
    switch encryption {
    case .null: encryptionKey = nil
    case .aesCBC: encryptionKey = cipherKey
    case .desEDE3CBC:
      // CK1 || CK2 || CK1. The parity bits of RFC 2451 do not enter the cipher.
      encryptionKey = SecretBytes(joining: [(cipherKey, 0..<16), (cipherKey, 0..<8)])
    case .aesGCM:
      guard let key = salted(cipherKey, parameter: "AES_GCM_SALT", function: 0x59) else { return nil }
      encryptionKey = key
    }
    let integrityKey: SecretBytes?
    switch integrity {
    case .null: integrityKey = nil
    case .hmacMD5: integrityKey = self.integrityKey
    case .hmacSHA1: integrityKey = self.integrityKey.followed(byZeros: 4)
    case .aesGMAC:
      guard let key = salted(self.integrityKey, parameter: "AES_GMAC_SALT", function: 0x58) else { return nil }
      integrityKey = key
    case .hmacSHA256, .hmacSHA384, .hmacSHA512, .unchecked: return nil
    }
    return ProtectionKeys(encryption: encryptionKey, integrity: integrityKey)
  }

  /// `key` followed by its salt: the last 32 bits of the key derivation of TS 33.220 annex B.2 under CK || IK, with
  /// S = FC || P0 || L0.
  private func salted(_ key: SecretBytes, parameter: StaticString, function: UInt8) -> SecretBytes? {
    var input: [UInt8] = [function]
    parameter.withUTF8Buffer { unsafe input.append(contentsOf: $0) }
    input += [0, UInt8(truncatingIfNeeded: parameter.utf8CodeUnitCount)]
    let derivationKey = SecretBytes(joining: [(cipherKey, 0..<16), (integrityKey, 0..<16)])
    guard let derived = MessageAuthentication(.hmacSHA256(length: 32)).value(of: input.rawSpan, under: derivationKey)
    else { return nil }
    return SecretBytes(joining: [(key, 0..<key.count), (derived, 28..<32)])
  }
}

extension SecretBytes {
  fileprivate func followed(byZeros count: Int) -> SecretBytes {
    unsafe withBytes { bytes in
      let span = unsafe RawSpan(_unsafeBytes: bytes)
      return SecretBytes(span, in: 0..<span.byteCount, zeros: count)
    }
  }
}
