import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages
import SecurityAssociations

/// What messages teach about security associations (TS 33.203 section 7.2, TS 24.229 section 5.1.1.5.1).
extension SecurityLesson {
  /// Takes what a SIP message teaches. Only what passes between a UE and its P-CSCF does, and that has a single Via:
  /// proxies may leave the headers in place.
  static func read(_ message: SIPMessage, _ placement: MessagePlacement, _ key: HashKey) -> SecurityLesson? {
    guard message.method == .register, message.viaCount == 1 else { return nil }
    let callID = key.hash(message.span, in: message.callID.range)
    let (source, destination) = (placement.flow.source.address, placement.flow.destination.address)
    if message.isRequest {
      let offered = message.securityClients().compactMap { SecurityProposal($0, in: message) }
      guard !offered.isEmpty else { return nil }
      let agreed = message.securityVerifications().compactMap { SecurityProposal($0, in: message) }
      guard !agreed.isEmpty else { return .offer(callID: callID, user: source, offered) }
      let challenge = challenge(of: message.credentials(.authorization), in: message, key)
      return .confirmation(user: source, network: destination, offered: offered, agreed: agreed, challenge: challenge)
    }
    guard message.status == 401 else { return nil }
    let agreed = message.securityServers().compactMap { SecurityProposal($0, in: message) }
    guard !agreed.isEmpty else { return nil }
    let challenge = challenge(of: message.credentials(.wwwAuthenticate), in: message, key)
    return .agreement(callID: callID, user: destination, network: source, agreed, challenge: challenge)
  }

  /// Takes the keys out of a Multimedia-Auth-Answer (TS 29.228 section 6.3.2).
  static func read(_ message: DiameterMessage, _ key: HashKey) -> [SecurityLesson] {
    guard message.header.commandCode == multimediaAuthentication, !message.isRequest else { return [] }
    return message.authenticationItems.compactMap { item in
      let challenge = item.authenticate.range
      guard challenge.count == challengeLength,
        let keys = AuthenticationKeys(
          message.span, cipherKey: item.confidentialityKey.range, integrityKey: item.integrityKey.range)
      else { return nil }
      return .vector(challenge: key.hash(message.span, in: challenge), keys)
    }
  }

  /// TS 29.229 section 6.1.7.
  private static let multimediaAuthentication: UInt32 = 303

  /// RAND and AUTN, 16 bytes each: SIP-Authenticate (TS 29.229 section 6.3.10), and the beginning of the nonce (RFC 3310
  /// section 3.2).
  private static let challengeLength = 32

  private static func challenge(
    of credentials: [SIPCredentials], in message: SIPMessage, _ key: HashKey
  ) -> KeyedHash? {
    guard let nonce = credentials.first?.decodedNonce(in: message.span), nonce.count >= challengeLength else {
      return nil
    }
    return key.hash(nonce.rawSpan, in: 0..<challengeLength)
  }
}

extension SecurityProposal {
  /// Takes an entry of a header; nil where it is not about ESP, or its algorithms are not those of TS 33.203 annex H.
  init?(_ entry: SIPSecurityAgreement, in message: SIPMessage) {
    let bytes = message.span
    guard bytes.equalsIgnoringCase("ipsec-3gpp", in: entry.mechanism.range), let spiClient = entry.spiClient,
      let spiServer = entry.spiServer, !bytes.equalsIgnoringCase("ah", in: entry.protectionProtocol.range)
    else { return nil }
    guard
      let integrity = SecurityProposal.algorithm(
        entry.integrityAlgorithm, bytes, SecurityProposal.integrityNames),
      let encryption = SecurityProposal.algorithm(
        entry.encryptionAlgorithm, bytes, SecurityProposal.encryptionNames)
    else { return nil }
    self.init(spiClient: spiClient, spiServer: spiServer, encryption: encryption, integrity: integrity)
  }

  private static let integrityNames: [(name: StaticString, algorithm: IntegrityAlgorithm)] = [
    ("hmac-md5-96", .hmacMD5), ("hmac-sha-1-96", .hmacSHA1), ("aes-gmac", .aesGMAC), ("null", .null), ("", .null),
  ]

  private static let encryptionNames: [(name: StaticString, algorithm: EncryptionAlgorithm)] = [
    ("null", .null), ("", .null), ("des-ede3-cbc", .desEDE3CBC), ("aes-cbc", .aesCBC), ("aes-gcm", .aesGCM),
  ]

  /// The algorithm that the bytes of `range` name; nil where none of `names` does.
  private static func algorithm<Algorithm>(
    _ range: ByteRange, _ bytes: RawSpan, _ names: [(name: StaticString, algorithm: Algorithm)]
  ) -> Algorithm? {
    names.first { bytes.equalsIgnoringCase($0.name, in: range.range) }?.algorithm
  }
}
