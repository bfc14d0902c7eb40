import ByteReading

/// What authentication and key agreement gives to both ends (TS 33.203 section 6.1.1): Confidentiality-Key and
/// Integrity-Key of the Multimedia-Auth-Answer, 16 bytes each.
public struct AuthenticationKeys {
  let cipherKey: SecretBytes
  let integrityKey: SecretBytes

  /// Takes both keys out of a message; nil where one of them does not have 16 bytes.
  public init?(_ bytes: RawSpan, cipherKey: Range<Int>, integrityKey: Range<Int>) {
    guard cipherKey.count == 16, integrityKey.count == 16 else { return nil }
    self.cipherKey = SecretBytes(bytes, in: cipherKey)
    self.integrityKey = SecretBytes(bytes, in: integrityKey)
  }
}
