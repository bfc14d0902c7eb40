import ByteReading
import CLibCrypto

/// AES as SRTP uses it, by libcrypto: counter mode (RFC 3711 section 4.1.1) and Galois/Counter Mode (RFC 7714).
@safe final class MediaCipher {
  private let context = unsafe EVP_CIPHER_CTX_new()
  private let counter = [
    CipherMethod("AES-128-CTR", keyLength: 16), CipherMethod("AES-192-CTR", keyLength: 24),
    CipherMethod("AES-256-CTR", keyLength: 32),
  ]
  private let galois = [CipherMethod("AES-128-GCM", keyLength: 16), CipherMethod("AES-256-GCM", keyLength: 32)]

  deinit { unsafe EVP_CIPHER_CTX_free(context) }

  /// What is to be combined with the salt for a vector: `label` or the source and the index of a packet.
  struct Vector {
    /// So many zeros stand before the bytes.
    var offset: Int
    /// The bytes, the first one in the highest eight bits, so many of them.
    var bytes: UInt128
    var count: Int

    /// RFC 3711 section 4.3.1: the label stands before an index of 48 bits, which is zero.
    static func derivation(_ label: UInt8) -> Vector { Vector(offset: 7, bytes: UInt128(label) << 120, count: 1) }

    /// The source, and an index of 48 bits.
    static func packet(_ source: UInt32, _ index: UInt64, isGalois: Bool) -> Vector {
      Vector(offset: isGalois ? 2 : 4, bytes: UInt128(source) << 96 | UInt128(index) << 48, count: 10)
    }
  }

  /// So many bytes of the key stream under the master key and the master salt (RFC 3711 section 4.3.3): a session key.
  func derive(_ label: UInt8, count: Int, from key: MediaKey) -> SecretBytes? {
    let derived = SecretBytes.zeros(count)
    let isDerived = unsafe derived.withMutableBytes { output in
      unsafe crypt(
        output, UnsafeRawBufferPointer(output), key.secret, keyLength: key.suite.keyLength,
        salt: key.suite.keyLength..<key.secret.count, .derivation(label))
    }
    return isDerived ? derived : nil
  }

  /// Decrypts `range` in counter mode to the same place of `output`. What comes out is not authenticated.
  func decrypt(
    _ bytes: RawSpan, in range: Range<Int>, _ vector: Vector, under keys: MediaSessionKeys, into output: inout [UInt8]
  ) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe output.withUnsafeMutableBytes { output in
        unsafe crypt(
          UnsafeMutableRawBufferPointer(rebasing: output[range]), UnsafeRawBufferPointer(rebasing: bytes[range]),
          keys.encryption, keyLength: keys.encryption.count, salt: nil, vector, keys.salt)
      }
    }
  }

  private func crypt(
    _ output: UnsafeMutableRawBufferPointer, _ input: UnsafeRawBufferPointer, _ key: SecretBytes, keyLength: Int,
    salt: Range<Int>?, _ vector: Vector, _ separateSalt: SecretBytes? = nil
  ) -> Bool {
    guard let method = counter.first(where: { $0.keyLength == keyLength }), let cipher = unsafe method.cipher else {
      return false
    }
    guard input.count > 0 else { return true }
    return unsafe withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { place in
      defer { unsafe OPENSSL_cleanse(place.baseAddress, 16) }
      unsafe fill(place, separateSalt ?? key, salt ?? 0..<(separateSalt?.count ?? 0), vector)
      return unsafe key.withBytes { key in
        var written: Int32 = 0
        return unsafe EVP_EncryptInit_ex2(
          context, cipher, key.baseAddress?.assumingMemoryBound(to: UInt8.self),
          place.baseAddress?.assumingMemoryBound(to: UInt8.self), nil) == 1
          && EVP_EncryptUpdate(
            context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), &written,
            input.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(input.count)) == 1
          && Int(written) == input.count
      }
    }
  }

  /// The salt, filled up with zeros, combined with the vector.
  private func fill(
    _ place: UnsafeMutableRawBufferPointer, _ secret: SecretBytes, _ salt: Range<Int>, _ vector: Vector
  ) {
    unsafe place.initializeMemory(as: UInt8.self, repeating: 0)
    unsafe secret.withBytes { secret in
      for (offset, index) in salt.prefix(place.count).enumerated() { unsafe place[offset] = secret[index] }
    }
    for index in 0..<vector.count {
      unsafe place[vector.offset + index] ^= UInt8(truncatingIfNeeded: vector.bytes >> UInt128(120 - 8 * index))
    }
  }

  /// Checks the tag over `authenticated`, then `more`, and `range`, and decrypts `range` to the same place of `output`.
  /// False where the tag is wrong, and then what was written is not to be believed.
  func open(
    _ bytes: RawSpan, in range: Range<Int>, authenticated: Range<Int>, more: Range<Int>, tag: Range<Int>,
    _ vector: Vector, under keys: MediaSessionKeys, into output: inout [UInt8]
  ) -> Bool {
    guard let method = galois.first(where: { $0.keyLength == keys.encryption.count }),
      let cipher = unsafe method.cipher
    else { return false }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe output.withUnsafeMutableBytes { output in
        unsafe withUnsafeTemporaryAllocation(byteCount: 12 + 16, alignment: 8) { place in
          unsafe fill(UnsafeMutableRawBufferPointer(rebasing: place[..<12]), keys.salt, 0..<keys.salt.count, vector)
          defer { unsafe OPENSSL_cleanse(place.baseAddress, place.count) }
          // The library wants the tag where it may write.
          unsafe UnsafeMutableRawBufferPointer(rebasing: place[12...]).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[tag]))
          guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
            let out = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self),
            let nonce = unsafe place.baseAddress?.assumingMemoryBound(to: UInt8.self)
          else { return false }
          var written: Int32 = 0
          return unsafe keys.encryption.withBytes { key in
            unsafe EVP_DecryptInit_ex2(
              context, cipher, key.baseAddress?.assumingMemoryBound(to: UInt8.self), nonce, nil) == 1
              && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), nonce + 12) == 1
              && EVP_DecryptUpdate(
                context, nil, &written, start + authenticated.lowerBound, Int32(authenticated.count)) == 1
              && (more.isEmpty
                || EVP_DecryptUpdate(context, nil, &written, start + more.lowerBound, Int32(more.count)) == 1)
              && (range.isEmpty
                || EVP_DecryptUpdate(
                  context, out + range.lowerBound, &written, start + range.lowerBound, Int32(range.count)) == 1)
              && EVP_DecryptFinal_ex(context, out + range.upperBound, &written) == 1
          }
        }
      }
    }
  }
}
