import CLibCrypto

/// The functions of libcrypto that a sender of ESP needs.
enum PayloadCryptography {
  /// HMAC (RFC 2104), not cut.
  static func authentication(_ digest: String, key: [UInt8], of bytes: [UInt8]) -> [UInt8] {
    var value: [UInt8] = Array(repeating: 0, count: 64)
    var length = 0
    unsafe EVP_Q_mac(
      nil, "HMAC", nil, digest, nil, key, key.count, bytes, bytes.count, &value, value.count, &length)
    return Array(value.prefix(length))
  }

  /// Cipher block chaining; `bytes` are whole blocks.
  static func encrypted(_ bytes: [UInt8], cipher: String, key: [UInt8], vector: [UInt8]) -> [UInt8] {
    var output: [UInt8] = Array(repeating: 0, count: bytes.count + 32)
    var length: Int32 = 0
    let context = unsafe EVP_CIPHER_CTX_new()
    let method = unsafe EVP_CIPHER_fetch(nil, cipher, nil)
    unsafe EVP_EncryptInit_ex2(context, method, key, vector, nil)
    unsafe EVP_CIPHER_CTX_set_padding(context, 0)
    unsafe EVP_EncryptUpdate(context, &output, &length, bytes, Int32(bytes.count))
    unsafe EVP_CIPHER_free(method)
    unsafe EVP_CIPHER_CTX_free(context)
    return Array(output.prefix(Int(length)))
  }

  /// Galois/Counter Mode: what was encrypted, and the tag of 16 bytes behind it.
  static func sealed(
    _ bytes: [UInt8], cipher: String, key: ArraySlice<UInt8>, nonce: [UInt8], authenticating others: [UInt8]
  ) -> [UInt8] {
    var output: [UInt8] = Array(repeating: 0, count: bytes.count + 32)
    var tag: [UInt8] = Array(repeating: 0, count: 16)
    var length: Int32 = 0
    var rest: Int32 = 0
    let context = unsafe EVP_CIPHER_CTX_new()
    let method = unsafe EVP_CIPHER_fetch(nil, cipher, nil)
    unsafe EVP_EncryptInit_ex2(context, method, Array(key), nonce, nil)
    unsafe EVP_EncryptUpdate(context, nil, &rest, others, Int32(others.count))
    if !bytes.isEmpty { unsafe EVP_EncryptUpdate(context, &output, &length, bytes, Int32(bytes.count)) }
    var unused: [UInt8] = Array(repeating: 0, count: 16)
    unsafe EVP_EncryptFinal_ex(context, &unused, &rest)
    unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag)
    unsafe EVP_CIPHER_free(method)
    unsafe EVP_CIPHER_CTX_free(context)
    return output.prefix(Int(length)) + tag
  }
}
