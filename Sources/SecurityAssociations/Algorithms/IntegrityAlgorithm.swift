/// How an encapsulating security payload is protected against change.
public enum IntegrityAlgorithm: Hashable, Sendable {
  /// Not by itself: nothing protects it, or the encryption does (AES-GCM).
  case null
  /// HMAC with MD5, cut to 96 bits (RFC 2403).
  case hmacMD5
  /// HMAC with SHA-1, cut to 96 bits (RFC 2404).
  case hmacSHA1
  /// HMAC with SHA-256, cut to so many bytes (RFC 4868: 16).
  case hmacSHA256(length: Int)
  /// HMAC with SHA-384, cut to 192 bits (RFC 4868).
  case hmacSHA384
  /// HMAC with SHA-512, cut to 256 bits (RFC 4868).
  case hmacSHA512
  /// AES in Galois/Counter Mode over bytes that are not encrypted (RFC 4543).
  case aesGMAC
  /// Something of this length that cannot be checked.
  case unchecked(length: Int)

  /// The name in reports: that of Security-Client (TS 33.203 annex H) where it has one.
  public var name: String {
    switch self {
    case .null: "null"
    case .hmacMD5: "hmac-md5-96"
    case .hmacSHA1: "hmac-sha-1-96"
    case .hmacSHA256(let length): "hmac-sha-256-\(length * 8)"
    case .hmacSHA384: "hmac-sha-384-192"
    case .hmacSHA512: "hmac-sha-512-256"
    case .aesGMAC: "aes-gmac"
    case .unchecked: "unchecked"
    }
  }

  /// How many bytes the integrity check value has.
  var checkValueLength: Int {
    switch self {
    case .null: 0
    case .hmacMD5, .hmacSHA1: 12
    case .hmacSHA256(let length), .unchecked(let length): length
    case .hmacSHA384: 24
    case .hmacSHA512: 32
    case .aesGMAC: 16
    }
  }
}
