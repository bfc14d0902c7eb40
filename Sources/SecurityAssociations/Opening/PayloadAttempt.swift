import ByteReading
import CaptureFacts

/// One combination of algorithms and keys with which a payload is tried.
struct PayloadAttempt {
  let encryption: EncryptionAlgorithm
  let integrity: IntegrityAlgorithm
  let checkValueLength: Int
  let keys: ProtectionKeys

  /// The bytes of initialization vector before the content.
  var vectorLength: Int { integrity == .aesGMAC ? 8 : encryption.initializationVectorLength }

  /// Whether verifying or decrypting writes to the buffer.
  var needsBuffer: Bool { encryption != .null }

  /// Whether a wrong key would show.
  private var isAuthenticated: Bool {
    switch integrity {
    case .null, .unchecked: encryption == .aesGCM
    default: true
    }
  }

  /// Whether the integrity check value is right. With AES-GCM this decrypts to `buffer` as well. Where nothing can be
  /// verified it is true, and then the structure of the content has to show it.
  func verifies(
    _ payload: RawSpan, body: Range<Int>, vector: Range<Int>, checkValue: Range<Int>, _ cipher: PayloadCipher,
    _ authentication: MessageAuthentications, into buffer: inout [UInt8]
  ) -> Bool {
    if encryption == .aesGCM {
      guard let key = keys.encryption else { return false }
      // RFC 4106 section 5: SPI and sequence number are authenticated beside what is encrypted.
      return cipher.open(
        payload, in: body, vector: vector, authenticated: 0..<8, tag: checkValue, under: key, into: &buffer)
    }
    switch integrity {
    case .null, .unchecked: return true
    case .aesGMAC:
      guard let key = keys.integrity else { return false }
      // RFC 4543 section 3.3: everything before the integrity check value is authenticated, and nothing encrypted.
      return cipher.open(
        payload, in: body.upperBound..<body.upperBound, vector: vector, authenticated: 0..<body.upperBound,
        tag: checkValue, under: key, into: &buffer)
    default:
      guard let key = keys.integrity, let method = authentication[integrity] else { return false }
      return method.isValue(in: checkValue, of: payload, over: 0..<body.upperBound, under: key)
    }
  }

  /// What is inside, behind verification and decryption.
  func content(
    of bytes: RawSpan, in body: Range<Int>, _ source: IPAddress, _ destination: IPAddress
  ) -> PayloadOpening {
    guard let trailer = PayloadTrailer(bytes, endOf: body) else {
      return .failed(
        isAuthenticated && encryption != .aesCBC && encryption != .desEDE3CBC ? .malformed : .integrityFailed)
    }
    // AES-GCM and AES-GMAC verify what is inside. An HMAC verifies what was encrypted, and not the key of the cipher.
    if !isAuthenticated || encryption == .aesCBC || encryption == .desEDE3CBC {
      let isPlausible =
        trailer.hasCountingPadding(bytes, endOf: body)
        && InnerPacketCheck(content: bytes.extracting(trailer.content), source: source, destination: destination)
          .isPlausible(nextHeader: trailer.nextHeader, isAuthenticated ? .expected : .structureAlone)
      guard isPlausible else { return .failed(.integrityFailed) }
    }
    return encryption == .null
      ? .inPlace(trailer.content, ipProtocol: trailer.nextHeader)
      : .decrypted(trailer.content, ipProtocol: trailer.nextHeader)
  }
}
