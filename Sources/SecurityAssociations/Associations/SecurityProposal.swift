/// One entry of Security-Client, Security-Server or Security-Verify for `ipsec-3gpp` with ESP (TS 33.203 section 7.2 and
/// annex H).
public struct SecurityProposal: Hashable, Sendable {
  /// The SPI of what arrives at the protected client port.
  public var spiClient: UInt32
  /// The SPI of what arrives at the protected server port.
  public var spiServer: UInt32
  /// The encryption.
  public var encryption: EncryptionAlgorithm
  /// The integrity protection.
  public var integrity: IntegrityAlgorithm

  /// Describes an entry.
  public init(spiClient: UInt32, spiServer: UInt32, encryption: EncryptionAlgorithm, integrity: IntegrityAlgorithm) {
    self.spiClient = spiClient
    self.spiServer = spiServer
    self.encryption = encryption
    self.integrity = integrity
  }
}
