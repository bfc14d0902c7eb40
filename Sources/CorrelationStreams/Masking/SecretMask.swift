import ByteReading
import CLibCrypto

/// Replaces secrets by what HMAC-SHA-256 (RFC 2104) makes of them under a key of the run, in the length and the letters
/// of the secret: the same secret always gives the same bytes, so that copies stay copies and what is joined by a secret
/// is joined by its mask, and without the key nothing leads back.
public struct SecretMask: Sendable {
  /// The fewest bytes of a key that is given.
  public static let shortestKey = 16

  /// The bytes of RAND and AUTN, 16 each (TS 33.203 section 6.1.1): SIP-Authenticate of Cx, and the front of the nonce.
  static let challengeLength = 32

  /// What a mask is for: masks of one purpose are never those of another.
  enum Purpose: UInt8 {
    case secret = 1
    case challenge
    case serverData
  }

  private let key: [UInt8]

  /// A mask of this run alone.
  public init() {
    var key: [UInt8] = []
    for _ in 0..<32 { key.append(.random(in: .min ... .max)) }
    self.key = key
  }

  /// A mask that all have in common who have this key; nil where it is too short to be one.
  public init?(key: [UInt8]) {
    guard key.count >= SecretMask.shortestKey else { return nil }
    self.key = key
  }

  /// So many bytes that stand for `value`.
  func bytes(for value: [UInt8], _ purpose: Purpose, count: Int) -> [UInt8] {
    var masked: [UInt8] = []
    masked.reserveCapacity(count + 32)
    var block: UInt32 = 0
    while masked.count < count {
      let head = [purpose.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: block >> (8 * $0)) }
      masked += authentication(of: head + value)
      block &+= 1
    }
    masked.removeLast(masked.count - count)
    return masked
  }

  /// HMAC-SHA-256. Where the library refuses, zeros: nothing is joined then, and nothing is told.
  private func authentication(of message: [UInt8]) -> [UInt8] {
    var value = [UInt8](repeating: 0, count: 32)
    var length = 0
    let made = unsafe EVP_Q_mac(
      nil, "HMAC", nil, "SHA256", nil, key, key.count, message, message.count, &value, value.count, &length)
    if unsafe made == nil { value = [UInt8](repeating: 0, count: 32) }
    return value
  }

  /// The mask of bytes of any value.
  func octets(for value: [UInt8]) -> [UInt8] {
    bytes(for: value, .secret, count: value.count)
  }

  /// The mask of RAND and AUTN with what follows them.
  func challenge(for value: [UInt8]) -> [UInt8] {
    let front = Array(value.prefix(SecretMask.challengeLength))
    let rest = Array(value.dropFirst(SecretMask.challengeLength))
    return bytes(for: front, .challenge, count: front.count) + bytes(for: rest, .serverData, count: rest.count)
  }

  /// The mask of a text in letters of the same kind: digits of hexadecimal stay such, what base64 uses stays such, and
  /// what is neither stands where it stood.
  func text(for value: [UInt8]) -> [UInt8] {
    let stuff = bytes(for: value, .secret, count: value.count)
    let alphabet = SecretMask.alphabet(of: value)
    return zip(value, stuff).map { letter, random in
      SecretMask.base64.contains(letter) ? alphabet[Int(random) % alphabet.count] : letter
    }
  }

  /// The mask of what a person wrote: letters alone, so that nothing of its form is told but its length.
  func writing(for value: [UInt8]) -> [UInt8] {
    bytes(for: value, .secret, count: value.count).map { UInt8(ascii: "a") + $0 % 26 }
  }

  private static let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let lowerHexadecimal = Array("0123456789abcdef".utf8)
  private static let upperHexadecimal = Array("0123456789ABCDEF".utf8)

  /// The smallest alphabet that the letters of `value` are of.
  private static func alphabet(of value: [UInt8]) -> [UInt8] {
    let letters = value.filter { base64.contains($0) }
    for alphabet in [lowerHexadecimal, upperHexadecimal] where letters.allSatisfy({ alphabet.contains($0) }) {
      return alphabet
    }
    let usesSigns = letters.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    return usesSigns ? base64 : Array(base64.dropLast(2))
  }
}
