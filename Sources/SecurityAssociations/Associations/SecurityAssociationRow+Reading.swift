import ByteReading

extension SecurityAssociationRow {
  /// How many rows a file may have: each packet without a learned association is compared with all of them.
  public static let limit = 4096

  /// Reads a file in the form of Wireshark's `esp_sa`: in each line protocol, source, destination, SPI, encryption
  /// algorithm and key, authentication algorithm and key. Empty lines and comments (`#`) are passed over.
  public static func rows(in file: RawSpan) throws(SecurityAssociationFileFailure) -> [SecurityAssociationRow] {
    var rows: [SecurityAssociationRow] = []
    var line = 0
    var start = 0
    while start < file.byteCount {
      let end = file.firstOffset(of: 0x0a, from: start) ?? file.byteCount
      line += 1
      if let row = try row(file, start..<end, line) {
        guard rows.count < limit else { throw SecurityAssociationFileFailure(reason: .tooMany, line: line) }
        rows.append(row)
      }
      start = end + 1
    }
    return rows
  }

  private static func row(
    _ file: RawSpan, _ range: Range<Int>, _ line: Int
  ) throws(SecurityAssociationFileFailure) -> SecurityAssociationRow? {
    func failure(_ reason: SecurityAssociationFileFailure.Reason) -> SecurityAssociationFileFailure {
      SecurityAssociationFileFailure(reason: reason, line: line)
    }
    guard let first = file.firstOffset(in: range, where: { $0 > 0x20 }), file.byte(at: first) != UInt8(ascii: "#")
    else { return nil }
    guard let fields = fields(file, first..<range.upperBound), fields.count == 8 || fields.count == 9 else {
      throw failure(.fields)
    }
    // The last field of newer versions: the length of sequence numbers.
    if fields.count == 9, !file.equalsIgnoringCase("32-bit", in: fields[8]) { throw failure(.sequenceNumbers) }
    let isV4: Bool?
    switch file.text(in: fields[0]).lowercased() {
    case "ipv4": isV4 = true
    case "ipv6": isV4 = false
    case "any", "*": isV4 = nil
    default: throw failure(.networkProtocol)
    }
    guard let spi = spi(file.text(in: fields[3])) else { throw failure(.spi) }
    guard let encryption = algorithm(encryptionNames, file.text(in: fields[4])) else { throw failure(.encryption) }
    guard let integrity = algorithm(integrityNames, file.text(in: fields[6])) else { throw failure(.authentication) }
    let encryptionKey = key(file, fields[5])
    let integrityKey = key(file, fields[7])
    switch encryption.algorithm {
    case .null: break
    case let named:
      guard let encryptionKey, PayloadCipher().accepts(keyLength: encryptionKey.count, named) else {
        throw failure(.encryptionKey)
      }
    }
    switch integrity {
    case .null, .unchecked: break
    case .aesGMAC:
      guard let integrityKey, PayloadCipher().accepts(keyLength: integrityKey.count, .aesGCM) else {
        throw failure(.authenticationKey)
      }
    default:
      guard let integrityKey, integrityKey.count > 0 else { throw failure(.authenticationKey) }
    }
    return SecurityAssociationRow(
      isV4: isV4, source: AssociationPattern(file.text(in: fields[1])),
      destination: AssociationPattern(file.text(in: fields[2])), spi: spi,
      encryption: encryption.algorithm, integrity: integrity,
      checkValueLength: encryption.algorithm == .aesGCM ? encryption.tag : integrity.checkValueLength,
      keys: ProtectionKeys(encryption: encryptionKey, integrity: integrityKey))
  }

  // MARK: - Names

  /// The names of Wireshark, of which what stands in brackets is left out, and those of Security-Client. The tag is the
  /// integrity check value that AES-GCM makes itself.
  private static let encryptionNames: [(name: String, algorithm: (algorithm: EncryptionAlgorithm, tag: Int))] = [
    ("null", (.null, 0)),
    ("tripledes-cbc", (.desEDE3CBC, 0)), ("des-ede3-cbc", (.desEDE3CBC, 0)),
    ("aes-cbc", (.aesCBC, 0)),
    ("aes-gcm", (.aesGCM, 16)), ("aes-gcm with 16 octet icv", (.aesGCM, 16)),
    ("aes-gcm with 12 octet icv", (.aesGCM, 12)), ("aes-gcm with 8 octet icv", (.aesGCM, 8)),
  ]

  private static let integrityNames: [(name: String, algorithm: IntegrityAlgorithm)] = [
    ("null", .null),
    ("hmac-md5-96", .hmacMD5),
    ("hmac-sha-1-96", .hmacSHA1),
    ("hmac-sha-256-96", .hmacSHA256(length: 12)), ("hmac-sha-256-128", .hmacSHA256(length: 16)),
    ("hmac-sha-384-192", .hmacSHA384), ("hmac-sha-512-256", .hmacSHA512),
    ("aes-gmac", .aesGMAC),
    ("any 64 bit authentication", .unchecked(length: 8)), ("any 96 bit authentication", .unchecked(length: 12)),
    ("any 128 bit authentication", .unchecked(length: 16)), ("any 192 bit authentication", .unchecked(length: 24)),
    ("any 256 bit authentication", .unchecked(length: 32)),
  ]

  private static func algorithm<Algorithm>(_ names: [(name: String, algorithm: Algorithm)], _ text: String)
    -> Algorithm?
  {
    let name = text.lowercased().prefix { $0 != "[" }.split(separator: " ").joined(separator: " ")
    return names.first { $0.name == name }?.algorithm
  }

  // MARK: - Fields

  /// The fields of a line, without their quotation marks; nil where it has another form.
  private static func fields(_ file: RawSpan, _ range: Range<Int>) -> [Range<Int>]? {
    var fields: [Range<Int>] = []
    var offset = range.lowerBound
    while true {
      guard offset < range.upperBound, file.byte(at: offset) == UInt8(ascii: "\""),
        let end = file.firstOffset(of: UInt8(ascii: "\""), in: offset + 1..<range.upperBound)
      else { return nil }
      fields.append(offset + 1..<end)
      let next = file.firstOffset(in: end + 1..<range.upperBound, where: { $0 > 0x20 })
      guard let next else { return fields }
      guard file.byte(at: next) == UInt8(ascii: ","),
        let start = file.firstOffset(in: next + 1..<range.upperBound, where: { $0 > 0x20 })
      else { return nil }
      offset = start
    }
  }

  /// `*`, a number, or hexadecimal digits of which some are `*`.
  private static func spi(_ text: String) -> AssociationPattern? {
    if text == "*" { return AssociationPattern(text) }
    let isHexadecimal = text.lowercased().hasPrefix("0x")
    let digits = isHexadecimal ? String(text.dropFirst(2)).lowercased() : text
    if let number = UInt32(digits, radix: isHexadecimal ? 16 : 10) {
      return AssociationPattern(String(decoding: AssociationPattern.digits(of: number), as: UTF8.self))
    }
    guard isHexadecimal, digits.utf8.count <= 8, digits.utf8.allSatisfy({ $0 == 0x2a || hexadecimal($0) != nil })
    else { return nil }
    return AssociationPattern(String(repeating: "0", count: 8 - digits.utf8.count) + digits)
  }

  /// A key: hexadecimal digits behind `0x`, else the text itself; nil where the digits are none.
  private static func key(_ file: RawSpan, _ range: Range<Int>) -> SecretBytes? {
    guard range.count >= 2, file.byte(at: range.lowerBound) == UInt8(ascii: "0"),
      file.byte(at: range.lowerBound + 1) | 0x20 == UInt8(ascii: "x")
    else { return SecretBytes(file, in: range) }
    let digits = range.lowerBound + 2..<range.upperBound
    guard digits.count % 2 == 0,
      file.firstOffset(in: digits, where: { hexadecimal($0) == nil }) == nil
    else { return nil }
    let key = SecretBytes.zeros(digits.count / 2)
    unsafe key.withMutableBytes { bytes in
      for place in 0..<digits.count / 2 {
        let high = hexadecimal(file.byte(at: digits.lowerBound + 2 * place)) ?? 0
        let low = hexadecimal(file.byte(at: digits.lowerBound + 2 * place + 1)) ?? 0
        unsafe bytes[place] = high << 4 | low
      }
    }
    return key
  }

  private static func hexadecimal(_ letter: UInt8) -> UInt8? {
    switch letter {
    case 0x30...0x39: letter - 0x30
    case 0x41...0x46: letter - 0x41 + 10
    case 0x61...0x66: letter - 0x61 + 10
    default: nil
    }
  }
}
