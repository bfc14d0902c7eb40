import ByteReading

/// One entry of Security-Client, Security-Server or Security-Verify (RFC 3329 section 2.2, TS 33.203 annex H): a proposal
/// for a pair of security associations.
public struct SIPSecurityAgreement: Hashable, Sendable {
  /// The mechanism, such as `ipsec-3gpp` or `tls`.
  public var mechanism = ByteRange()

  /// The SPI of the protected client port.
  public var spiClient: UInt32?

  /// The SPI of the protected server port.
  public var spiServer: UInt32?

  /// The protected client port.
  public var portClient: UInt16?

  /// The protected server port.
  public var portServer: UInt16?

  /// The integrity algorithm, such as `hmac-sha-1-96`.
  public var integrityAlgorithm = ByteRange()

  /// The encryption algorithm, such as `null` or `aes-cbc`; empty means null.
  public var encryptionAlgorithm = ByteRange()

  /// `esp` or `ah`; empty means esp.
  public var protectionProtocol = ByteRange()

  /// `trans`, `tun` or `UDP-enc-tun`; empty means trans.
  public var mode = ByteRange()

  /// The preference, as a decimal fraction from 0 to 1.
  public var preference = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    mechanism = ByteRange(bytes.trimmed(value.lowerBound..<headEnd))
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("spi-c", in: parameter.name) {
        spiClient = bytes.unquotedInteger(in: parameter.value)
      } else if bytes.equalsIgnoringCase("spi-s", in: parameter.name) {
        spiServer = bytes.unquotedInteger(in: parameter.value)
      } else if bytes.equalsIgnoringCase("port-c", in: parameter.name) {
        portClient = bytes.unquotedInteger(in: parameter.value)
      } else if bytes.equalsIgnoringCase("port-s", in: parameter.name) {
        portServer = bytes.unquotedInteger(in: parameter.value)
      } else if bytes.equalsIgnoringCase("alg", in: parameter.name) {
        integrityAlgorithm = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("ealg", in: parameter.name) {
        encryptionAlgorithm = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("prot", in: parameter.name) {
        protectionProtocol = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("mod", in: parameter.name) {
        mode = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("q", in: parameter.name) {
        preference = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The entries of Security-Client: what the UE offers.
  public func securityClients() -> [SIPSecurityAgreement] {
    values(.securityClient).map { SIPSecurityAgreement(parsing: span, in: $0) }
  }

  /// The entries of Security-Server: what the P-CSCF offers.
  public func securityServers() -> [SIPSecurityAgreement] {
    values(.securityServer).map { SIPSecurityAgreement(parsing: span, in: $0) }
  }

  /// The entries of Security-Verify: what the UE says it was offered.
  public func securityVerifications() -> [SIPSecurityAgreement] {
    values(.securityVerify).map { SIPSecurityAgreement(parsing: span, in: $0) }
  }
}
