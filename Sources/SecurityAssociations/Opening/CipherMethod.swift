import CLibCrypto

/// One cipher of the library, looked up once: a look-up for each packet would cost more than the packet, and the first
/// one, which wakes the library, more than a small capture.
@safe final class CipherMethod {
  /// The cipher; nil where the library lacks it.
  private(set) lazy var cipher: OpaquePointer? = {
    wasFetched = true
    return unsafe EVP_CIPHER_fetch(nil, name, nil)
  }()
  private var wasFetched = false
  private let name: String
  /// The length of its key in bytes.
  let keyLength: Int

  init(_ name: String, keyLength: Int) {
    self.name = name
    self.keyLength = keyLength
  }

  deinit {
    if wasFetched { unsafe EVP_CIPHER_free(cipher) }
  }
}
