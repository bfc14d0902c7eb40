import ByteReading
import CLibCrypto

/// Decryption by libcrypto, into a buffer that is used again for each packet.
@safe final class PayloadCipher {
  private let context = unsafe EVP_CIPHER_CTX_new()
  private let tripleDES = CipherMethod("DES-EDE3-CBC", keyLength: 24)
  private let chained = [
    CipherMethod("AES-128-CBC", keyLength: 16), CipherMethod("AES-192-CBC", keyLength: 24),
    CipherMethod("AES-256-CBC", keyLength: 32),
  ]
  private let counted = [
    CipherMethod("AES-128-GCM", keyLength: 16), CipherMethod("AES-192-GCM", keyLength: 24),
    CipherMethod("AES-256-GCM", keyLength: 32),
  ]

  deinit {
    unsafe EVP_CIPHER_CTX_free(context)
  }

  /// Whether a key of this length goes with the algorithm; that of AES-GCM has its salt behind it.
  func accepts(keyLength: Int, _ algorithm: EncryptionAlgorithm) -> Bool {
    switch algorithm {
    case .null: true
    case .desEDE3CBC: keyLength == 24
    case .aesCBC: chained.contains { $0.keyLength == keyLength }
    case .aesGCM: counted.contains { $0.keyLength + 4 == keyLength }
    }
  }

  /// Decrypts `range` with cipher block chaining to the front of `output`. What comes out is not authenticated.
  func decrypt(
    _ bytes: RawSpan, in range: Range<Int>, vector: Range<Int>, _ algorithm: EncryptionAlgorithm,
    under key: SecretBytes,
    into output: inout [UInt8]
  ) -> Bool {
    let method = algorithm == .desEDE3CBC ? tripleDES : chained.first { $0.keyLength == key.count }
    guard let method, method.keyLength == key.count, let cipher = unsafe method.cipher, range.count <= output.count,
      range.count % algorithm.blockLength == 0
    else { return false }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe output.withUnsafeMutableBytes { output in
        unsafe key.withBytes { key in
          var written: Int32 = 0
          let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
          guard let start = unsafe start,
            unsafe EVP_DecryptInit_ex2(
              context, cipher, key.baseAddress?.assumingMemoryBound(to: UInt8.self), start + vector.lowerBound, nil)
              == 1,
            unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1
          else { return false }
          return unsafe EVP_DecryptUpdate(
            context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), &written, start + range.lowerBound,
            Int32(range.count)) == 1 && Int(written) == range.count
        }
      }
    }
  }

  /// Checks the tag in Galois/Counter Mode and decrypts `range`, which may be empty, to the front of `output`. The salt
  /// stands behind `key`. False where the tag is wrong, and then what was written is not to be believed.
  func open(
    _ bytes: RawSpan, in range: Range<Int>, vector: Range<Int>, authenticated: Range<Int>, tag: Range<Int>,
    under key: SecretBytes, into output: inout [UInt8]
  ) -> Bool {
    let keyLength = key.count - 4
    guard let method = counted.first(where: { $0.keyLength == keyLength }), let cipher = unsafe method.cipher,
      vector.count == 8, range.count <= output.count
    else { return false }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe output.withUnsafeMutableBytes { output in
        unsafe key.withBytes { key in
          unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 12 + 32) { place in
            // The nonce is the salt and the vector (RFC 4106 section 4); the library wants the tag where it may write.
            guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
              let secret = unsafe key.baseAddress?.assumingMemoryBound(to: UInt8.self),
              let nonce = place.baseAddress
            else { return false }
            unsafe nonce.update(from: secret + keyLength, count: 4)
            unsafe (nonce + 4).update(from: start + vector.lowerBound, count: 8)
            let claimed = unsafe nonce + 12
            unsafe claimed.update(from: start + tag.lowerBound, count: tag.count)
            defer { unsafe OPENSSL_cleanse(nonce, 12) }
            var written: Int32 = 0
            var rest: Int32 = 0
            let out = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return unsafe EVP_DecryptInit_ex2(context, cipher, secret, nonce, nil) == 1
              && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), claimed) == 1
              && EVP_DecryptUpdate(
                context, nil, &written, start + authenticated.lowerBound, Int32(authenticated.count)) == 1
              && (range.isEmpty
                || EVP_DecryptUpdate(context, out, &written, start + range.lowerBound, Int32(range.count)) == 1)
              && EVP_DecryptFinal_ex(context, out, &rest) == 1
          }
        }
      }
    }
  }
}
