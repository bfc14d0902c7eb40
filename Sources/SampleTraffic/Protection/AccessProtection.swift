import CaptureFacts

/// The protection of all that passes between a UE and its P-CSCF from some moment on.
struct AccessProtection {
  var user: IPAddress
  var proxy: IPAddress
  /// Nanoseconds since the start of the scenario.
  var since: Int64
  var suite: ProtectionSuite
  var mode: ProtectionMode
  /// What the UE and the P-CSCF chose for what they receive: at the client port and, one more, at the server port.
  var userIndex: UInt32
  var proxyIndex: UInt32
  var cipherKey: [UInt8]
  var integrityKey: [UInt8]

  /// The key of the cipher (TS 33.203 annex I), with the salt behind it where there is one.
  var encryptionKey: [UInt8] {
    switch suite {
    case .nullMD5, .nullSHA1, .nullGMAC: []
    case .aesCBCSHA1: cipherKey
    case .tripleDESMD5: cipherKey + cipherKey.prefix(8)
    case .aesGCM: cipherKey + salt("AES_GCM_SALT", function: 0x59)
    }
  }

  /// The key of the integrity protection, with the salt behind it where there is one.
  var authenticationKey: [UInt8] {
    switch suite {
    case .nullMD5, .tripleDESMD5: integrityKey
    case .nullSHA1, .aesCBCSHA1: integrityKey + [0, 0, 0, 0]
    case .nullGMAC: integrityKey + salt("AES_GMAC_SALT", function: 0x58)
    case .aesGCM: []
    }
  }

  private func salt(_ name: String, function: UInt8) -> [UInt8] {
    let input = [function] + Array(name.utf8) + [0, UInt8(name.utf8.count)]
    return Array(PayloadCryptography.authentication("SHA256", key: cipherKey + integrityKey, of: input).suffix(4))
  }

  /// The parameters of both ends as Security-Client and Security-Server write them.
  func parameters(of index: UInt32) -> String {
    "ipsec-3gpp;alg=\(suite.integrityName);ealg=\(suite.encryptionName);prot=esp;mod=\(mode.rawValue);"
      + "spi-c=\(index);spi-s=\(index + 1);port-c=5062;port-s=5064"
  }

  /// The associations as rows of Wireshark's `esp_sa`; none where it does not know the algorithms.
  var rows: [String] {
    let encryption: String
    switch suite {
    case .nullMD5, .nullSHA1: encryption = "NULL"
    case .tripleDESMD5: encryption = "TripleDES-CBC [RFC2451]"
    case .aesCBCSHA1: encryption = "AES-CBC [RFC3602]"
    case .aesGCM: encryption = "AES-GCM with 16 octet ICV [RFC4106]"
    case .nullGMAC: encryption = "NULL"
    }
    let integrity: String
    switch suite {
    case .nullMD5, .tripleDESMD5: integrity = "HMAC-MD5-96 [RFC2403]"
    case .nullSHA1, .aesCBCSHA1: integrity = "HMAC-SHA-1-96 [RFC2404]"
    case .aesGCM: integrity = "NULL"
    case .nullGMAC: integrity = "AES-GMAC [RFC4543]"
    }
    func hexadecimal(_ bytes: [UInt8]) -> String {
      bytes.isEmpty ? "" : "0x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    return [(user, proxy, proxyIndex + 1), (proxy, user, userIndex + 1)].map { source, destination, index in
      let digits = String(index, radix: 16)
      let number = "0x" + String(repeating: "0", count: 8 - digits.count) + digits
      let fields = [
        source.isV4 ? "IPv4" : "IPv6", "\(source)", "\(destination)", number, encryption, hexadecimal(encryptionKey),
        integrity, hexadecimal(authenticationKey),
      ]
      return fields.map { "\"\($0)\"" }.joined(separator: ",")
    }
  }

  /// The payload that protects `content` (RFC 4303 section 2).
  func payload(of content: [UInt8], nextHeader: UInt8, isFromUser: Bool, sequence: UInt32) -> [UInt8] {
    var head: [UInt8] = []
    head.append(bigEndian: isFromUser ? proxyIndex + 1 : userIndex + 1)
    head.append(bigEndian: sequence)
    let vector = (0..<suite.sizes.vector).map { UInt8(truncatingIfNeeded: Int(sequence) * 31 + $0 * 7) }
    let padding = (suite.sizes.block - (content.count + 2) % suite.sizes.block) % suite.sizes.block
    let body = content + (0..<padding).map { UInt8($0 + 1) } + [UInt8(padding), nextHeader]
    switch suite {
    case .aesGCM:
      return head + vector
        + PayloadCryptography.sealed(
          body, cipher: "AES-128-GCM", key: encryptionKey.dropLast(4), nonce: encryptionKey.suffix(4) + vector,
          authenticating: head)
    case .nullGMAC:
      let covered = head + vector + body
      return covered
        + PayloadCryptography.sealed(
          [], cipher: "AES-128-GCM", key: authenticationKey.dropLast(4), nonce: authenticationKey.suffix(4) + vector,
          authenticating: covered)
    case .nullMD5, .nullSHA1, .tripleDESMD5, .aesCBCSHA1:
      var covered = head + vector
      if let cipher = suite.cipher {
        covered += PayloadCryptography.encrypted(body, cipher: cipher, key: encryptionKey, vector: vector)
      } else {
        covered += body
      }
      let value = PayloadCryptography.authentication(suite.digest ?? "", key: authenticationKey, of: covered)
      return covered + value.prefix(12)
    }
  }
}
