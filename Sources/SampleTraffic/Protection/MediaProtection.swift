import CaptureFacts

/// SRTP as a sender makes it (RFC 3711, RFC 7714), with the key that its session description gives (RFC 4568).
struct MediaProtection {
  /// A crypto suite.
  enum Suite {
    case counter
    case counterWithShortTag
    case galois
  }

  let suite: Suite
  /// The master key.
  private let key: [UInt8]
  /// The master salt.
  private let salt: [UInt8]

  /// The protection of what the owner of a description sends: each has a key of its own.
  init(_ suite: Suite, of address: IPAddress) {
    self.suite = suite
    let first = UInt8(truncatingIfNeeded: address.low) &* 29
    let secret = (0..<32).map { first &+ UInt8($0) }
    key = Array(secret.prefix(16))
    salt = Array(secret.dropFirst(16).prefix(suite == .galois ? 12 : 14))
  }

  /// The attribute of a session description.
  var attribute: String {
    let name =
      switch suite {
      case .counter: "AES_CM_128_HMAC_SHA1_80"
      case .counterWithShortTag: "AES_CM_128_HMAC_SHA1_32"
      case .galois: "AEAD_AES_128_GCM"
      }
    return "a=crypto:1 \(name) inline:\(MediaProtection.base64(key + salt))|2^20"
  }

  /// RFC 4648 section 4.
  private static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for place in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[place..<min(place + 3, bytes.count)]
      let group = part.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
      for digit in 0..<4 { text.append(digit <= part.count ? letters[group >> (18 - 6 * digit) & 63] : "=") }
    }
    return text
  }

  /// A session key: the key stream from the salt with the label in its eighth byte (RFC 3711 section 4.3).
  private func derived(_ label: UInt8, _ count: Int) -> [UInt8] {
    var vector = salt + Array(repeating: 0, count: 16 - salt.count)
    vector[7] ^= label
    return PayloadCryptography.encrypted(
      Array(repeating: 0, count: count), cipher: "AES-128-CTR", key: key, vector: vector)
  }

  /// An RTP packet protected, of the first 65,536 of its stream. `headerLength` bytes stay in the clear.
  func protected(_ packet: [UInt8], headerLength: Int = 12) -> [UInt8] {
    let header = Array(packet[..<headerLength])
    let payload = Array(packet[headerLength...])
    let source = Array(packet[8..<12])
    let sequence = Array(packet[2..<4])
    var vector = derived(2, salt.count)
    if suite == .galois {
      for (place, byte) in (source + [0, 0, 0, 0] + sequence).enumerated() { vector[2 + place] ^= byte }
      return header
        + PayloadCryptography.sealed(
          payload, cipher: "AES-128-GCM", key: derived(0, 16)[...], nonce: vector, authenticating: header)
    }
    for (place, byte) in (source + [0, 0, 0, 0] + sequence).enumerated() { vector[4 + place] ^= byte }
    let whole =
      header
      + PayloadCryptography.encrypted(payload, cipher: "AES-128-CTR", key: derived(0, 16), vector: vector + [0, 0])
    let tag = PayloadCryptography.authentication("SHA1", key: derived(1, 20), of: whole + [0, 0, 0, 0])
    return whole + tag.prefix(suite == .counter ? 10 : 4)
  }
}
