import CLibCrypto

/// One cipher of the library, looked up once: a look-up for each packet would cost more than the packet.
@safe final class CipherMethod {
  /// The cipher; nil where the library lacks it.
  let cipher: OpaquePointer?
  /// The length of its key in bytes.
  let keyLength: Int

  init(_ name: String, keyLength: Int) {
    self.keyLength = keyLength
    unsafe cipher = EVP_CIPHER_fetch(nil, name, nil)
  }

  deinit { unsafe EVP_CIPHER_free(cipher) }
}
