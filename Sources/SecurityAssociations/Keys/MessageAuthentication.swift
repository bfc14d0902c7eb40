import ByteReading
import CLibCrypto

/// HMAC (RFC 2104) with one hash function, by libcrypto.
@safe final class MessageAuthentication {
  private let context: OpaquePointer?
  /// How long the value is before it is cut: 64 bytes at most, those of SHA-512.
  private var value = SecretBytes.zeros(64)

  /// Prepares the hash function of `algorithm`. Where the library lacks it, no value is ever right.
  init(_ algorithm: IntegrityAlgorithm) {
    let digest: StaticString? =
      switch algorithm {
      case .hmacMD5: "MD5"
      case .hmacSHA1: "SHA1"
      case .hmacSHA256: "SHA256"
      case .hmacSHA384: "SHA384"
      case .hmacSHA512: "SHA512"
      case .null, .aesGMAC, .unchecked: nil
      }
    guard let digest, let method = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else {
      unsafe context = nil
      return
    }
    let made = unsafe EVP_MAC_CTX_new(method)
    unsafe EVP_MAC_free(method)
    let isReady = digest.withUTF8Buffer { name in
      unsafe name.withMemoryRebound(to: CChar.self) { name in
        let text = unsafe UnsafeMutablePointer(mutating: name.baseAddress)
        // A parameter points to its name, which has to be there until it was read.
        return unsafe OSSL_MAC_PARAM_DIGEST.withCString { digest in
          let parameters = unsafe [
            OSSL_PARAM_construct_utf8_string(digest, text, name.count), OSSL_PARAM_construct_end(),
          ]
          return unsafe EVP_MAC_CTX_set_params(made, parameters) == 1
        }
      }
    }
    if isReady {
      unsafe context = made
    } else {
      unsafe EVP_MAC_CTX_free(made)
      unsafe context = nil
    }
  }

  deinit { unsafe EVP_MAC_CTX_free(context) }

  /// The value of `bytes` under `key`, not cut; nil where the library fails.
  func value(of bytes: RawSpan, under key: SecretBytes) -> SecretBytes? {
    guard let length = compute(bytes, under: key) else { return nil }
    return SecretBytes(joining: [(value, 0..<length)])
  }

  /// Whether `bytes` begin, after cutting, the value under `key` that stands in `range` of `whole`. Takes the same time
  /// wherever the two differ.
  func isValue(in range: Range<Int>, of whole: RawSpan, over covered: Range<Int>, under key: SecretBytes) -> Bool {
    guard let length = compute(whole.extracting(covered), under: key), range.count > 0, range.count <= length else {
      return false
    }
    let claimed = whole.extracting(range)
    return unsafe claimed.withUnsafeBytes { claimed in
      unsafe value.withBytes { value in
        unsafe CRYPTO_memcmp(claimed.baseAddress, value.baseAddress, claimed.count) == 0
      }
    }
  }

  private func compute(_ bytes: RawSpan, under key: SecretBytes) -> Int? {
    guard let context = unsafe context else { return nil }
    return unsafe key.withBytes { key in
      unsafe bytes.withUnsafeBytes { bytes -> Int? in
        var length = 0
        let isComputed = unsafe value.withMutableBytes { value in
          unsafe EVP_MAC_init(context, key.baseAddress?.assumingMemoryBound(to: UInt8.self), key.count, nil) == 1
            && EVP_MAC_update(context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) == 1
            && EVP_MAC_final(context, value.baseAddress?.assumingMemoryBound(to: UInt8.self), &length, value.count) == 1
        }
        return isComputed ? length : nil
      }
    }
  }
}
