import ByteReading
import CLibCrypto

/// A master key of SRTP with its salt, as a session description gives it (RFC 4568 section 9.2): it protects what the
/// sender of the description sends.
public struct MediaKey {
  let suite: MediaCryptoSuite
  /// The master key and behind it the master salt.
  let secret: SecretBytes
  /// The length of the master key identifier that each packet carries; 0 where there is none.
  let identifierLength: Int
  /// Whether the payload is encrypted, or protected against change only (RFC 4568 section 6.3.2).
  let isEncrypted: Bool
  /// The same of RTCP.
  let isControlEncrypted: Bool

  /// How many keys of one attribute are read: a list serves to change them within a session.
  public static let mostKeys = 4

  /// Reads the value of an attribute: `tag suite inline:key||salt[|lifetime][|MKI:length][;inline:...] [parameters]`. What
  /// has no tag, or derives keys anew, or is protected in another way, gives none.
  public static func keys(_ bytes: RawSpan, in value: Range<Int>) -> [MediaKey] {
    let words = parts(of: value, at: UInt8(ascii: " "), bytes).filter { !$0.isEmpty }
    guard words.count >= 3, let suite = MediaCryptoSuite.named(bytes, in: words[1]) else { return [] }
    var isEncrypted = true
    var isControlEncrypted = true
    for parameter in words.dropFirst(3) {
      if bytes.equalsIgnoringCase("unencrypted_srtp", in: parameter) {
        isEncrypted = false
      } else if bytes.equalsIgnoringCase("unencrypted_srtcp", in: parameter) {
        isControlEncrypted = false
      } else if bytes.equalsIgnoringCase("unauthenticated_srtp", in: parameter)
        || (bytes.containsIgnoringCase("kdr=", in: parameter) && !bytes.equalsIgnoringCase("kdr=0", in: parameter))
      {
        return []
      }
    }
    return parts(of: words[2], at: UInt8(ascii: ";"), bytes).prefix(mostKeys).compactMap { method in
      key(bytes, in: method, suite, isEncrypted: isEncrypted, isControlEncrypted: isControlEncrypted)
    }
  }

  private static func key(
    _ bytes: RawSpan, in method: Range<Int>, _ suite: MediaCryptoSuite, isEncrypted: Bool, isControlEncrypted: Bool
  ) -> MediaKey? {
    let name: StaticString = "inline:"
    let prefix = method.lowerBound..<min(method.upperBound, method.lowerBound + name.utf8CodeUnitCount)
    guard bytes.equalsIgnoringCase(name, in: prefix) else { return nil }
    let fields = parts(of: prefix.upperBound..<method.upperBound, at: UInt8(ascii: "|"), bytes)
    var identifierLength = 0
    for field in fields.dropFirst() {
      guard let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: field) else { continue }
      // RFC 4568 section 6.1: 1 to 128 octets.
      let length = number(bytes, in: colon + 1..<field.upperBound)
      guard (1...128).contains(length) else { return nil }
      identifierLength = length
    }
    guard let text = fields.first, text.count <= 128 else { return nil }
    var letters = text.map { bytes.byte(at: $0) }
    // Some leave the padding out.
    while letters.count % 4 != 0 { letters.append(UInt8(ascii: "=")) }
    guard var decoded = Base64.bytes(of: letters) else { return nil }
    defer {
      wipe(&decoded)
      wipe(&letters)
    }
    guard decoded.count == suite.keyLength + suite.saltLength else { return nil }
    return MediaKey(
      suite: suite, secret: SecretBytes(decoded.rawSpan, in: 0..<decoded.count), identifierLength: identifierLength,
      isEncrypted: isEncrypted, isControlEncrypted: isControlEncrypted)
  }

  /// The number of up to three digits; 0 where it is none.
  private static func number(_ bytes: RawSpan, in range: Range<Int>) -> Int {
    guard range.count <= 3 else { return 0 }
    return range.reduce(0) { sum, place in
      let digit = Int(bytes.byte(at: place)) - 48
      return (0...9).contains(digit) && sum >= 0 ? sum * 10 + digit : -1
    }
  }

  private static func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
  }

  private static func parts(of range: Range<Int>, at separator: UInt8, _ bytes: RawSpan) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    while let end = bytes.firstOffset(of: separator, in: start..<range.upperBound) {
      parts.append(start..<end)
      start = end + 1
    }
    return parts + [start..<range.upperBound]
  }

  /// Whether it is the same key in the same use: a description is repeated with each refresh.
  func isSame(_ other: MediaKey) -> Bool {
    guard suite == other.suite, identifierLength == other.identifierLength, isEncrypted == other.isEncrypted,
      isControlEncrypted == other.isControlEncrypted, secret.count == other.secret.count
    else { return false }
    return unsafe secret.withBytes { one in
      unsafe other.secret.withBytes { other in
        unsafe CRYPTO_memcmp(one.baseAddress, other.baseAddress, one.count) == 0
      }
    }
  }
}
