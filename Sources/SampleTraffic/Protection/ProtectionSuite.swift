/// The algorithms with which the packets between a UE and its P-CSCF are protected (TS 33.203 annex H).
enum ProtectionSuite: Sendable {
  case nullMD5, nullSHA1, nullGMAC
  case tripleDESMD5, aesCBCSHA1, aesGCM

  /// `alg` of Security-Client and Security-Server.
  var integrityName: String {
    switch self {
    case .nullMD5, .tripleDESMD5: "hmac-md5-96"
    case .nullSHA1, .aesCBCSHA1: "hmac-sha-1-96"
    case .nullGMAC: "aes-gmac"
    case .aesGCM: "null"
    }
  }

  /// `ealg` of Security-Client and Security-Server.
  var encryptionName: String {
    switch self {
    case .nullMD5, .nullSHA1, .nullGMAC: "null"
    case .tripleDESMD5: "des-ede3-cbc"
    case .aesCBCSHA1: "aes-cbc"
    case .aesGCM: "aes-gcm"
    }
  }

  /// The hash function of its HMAC; nil where it has none.
  var digest: String? {
    switch self {
    case .nullMD5, .tripleDESMD5: "MD5"
    case .nullSHA1, .aesCBCSHA1: "SHA1"
    case .nullGMAC, .aesGCM: nil
    }
  }

  /// The cipher that libcrypto knows under this name; nil where nothing is encrypted.
  var cipher: String? {
    switch self {
    case .nullMD5, .nullSHA1, .nullGMAC: nil
    case .tripleDESMD5: "DES-EDE3-CBC"
    case .aesCBCSHA1: "AES-128-CBC"
    case .aesGCM: "AES-128-GCM"
    }
  }

  /// The bytes before the encrypted ones, and the length of which these are a multiple (RFC 4303 section 2.4).
  var sizes: (vector: Int, block: Int) {
    switch self {
    case .nullMD5, .nullSHA1: (0, 4)
    case .nullGMAC, .aesGCM: (8, 4)
    case .tripleDESMD5: (8, 8)
    case .aesCBCSHA1: (16, 16)
    }
  }
}
