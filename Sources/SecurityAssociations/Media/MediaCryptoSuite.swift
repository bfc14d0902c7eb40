import ByteReading

/// How SRTP is protected: the crypto suites of RFC 4568 section 6.2, RFC 6188 and RFC 7714 that libcrypto has.
struct MediaCryptoSuite: Equatable, Sendable {
  /// The name in `a=crypto`, in lower case.
  let name: StaticString
  /// The length of the master key, and of the key for encryption that is derived from it.
  let keyLength: Int
  /// The length of the master salt.
  let saltLength: Int
  /// The length of the authentication tag of SRTP.
  let tagLength: Int
  /// That of SRTCP: always 80 bits with HMAC-SHA1 (RFC 4568 section 6.2.2).
  let controlTagLength: Int
  /// Whether it is AES in Galois/Counter Mode; else AES in counter mode with HMAC-SHA1.
  let isGalois: Bool

  /// All that can be opened.
  static let all: [MediaCryptoSuite] = [
    counter("aes_cm_128_hmac_sha1_80", keyLength: 16, tagLength: 10),
    counter("aes_cm_128_hmac_sha1_32", keyLength: 16, tagLength: 4),
    counter("aes_192_cm_hmac_sha1_80", keyLength: 24, tagLength: 10),
    counter("aes_192_cm_hmac_sha1_32", keyLength: 24, tagLength: 4),
    counter("aes_256_cm_hmac_sha1_80", keyLength: 32, tagLength: 10),
    counter("aes_256_cm_hmac_sha1_32", keyLength: 32, tagLength: 4),
    galois("aead_aes_128_gcm", keyLength: 16), galois("aead_aes_256_gcm", keyLength: 32),
  ]

  private static func counter(_ name: StaticString, keyLength: Int, tagLength: Int) -> MediaCryptoSuite {
    MediaCryptoSuite(
      name: name, keyLength: keyLength, saltLength: 14, tagLength: tagLength, controlTagLength: 10, isGalois: false)
  }

  private static func galois(_ name: StaticString, keyLength: Int) -> MediaCryptoSuite {
    MediaCryptoSuite(
      name: name, keyLength: keyLength, saltLength: 12, tagLength: 16, controlTagLength: 16, isGalois: true)
  }

  /// The suite of a name; nil where it cannot be opened.
  static func named(_ bytes: RawSpan, in range: Range<Int>) -> MediaCryptoSuite? {
    all.first { bytes.equalsIgnoringCase($0.name, in: range) }
  }

  static func == (one: MediaCryptoSuite, other: MediaCryptoSuite) -> Bool {
    one.keyLength == other.keyLength && one.tagLength == other.tagLength && one.isGalois == other.isGalois
  }
}
