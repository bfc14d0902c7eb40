/// How the content of an encapsulating security payload is encrypted.
public enum EncryptionAlgorithm: UInt8, Sendable {
  /// Not at all (RFC 2410).
  case null
  /// Triple DES with cipher block chaining (RFC 2451).
  case desEDE3CBC
  /// AES with cipher block chaining (RFC 3602); the length of the key says which.
  case aesCBC
  /// AES in Galois/Counter Mode, which also protects integrity (RFC 4106).
  case aesGCM

  /// The name in reports: that of Security-Client (TS 33.203 annex H).
  public var name: String {
    switch self {
    case .null: "null"
    case .desEDE3CBC: "des-ede3-cbc"
    case .aesCBC: "aes-cbc"
    case .aesGCM: "aes-gcm"
    }
  }

  /// How many bytes of initialization vector stand before the encrypted bytes.
  var initializationVectorLength: Int {
    switch self {
    case .null: 0
    case .desEDE3CBC, .aesGCM: 8
    case .aesCBC: 16
    }
  }

  /// The length of which encrypted bytes are a multiple.
  var blockLength: Int {
    switch self {
    case .null, .aesGCM: 1
    case .desEDE3CBC: 8
    case .aesCBC: 16
    }
  }
}
