/// What a capture holds to open what is encrypted in it (pcapng section 4.7): kept as it stands.
public struct DecryptionSecrets: Hashable, Sendable {
  /// The format of the secrets: 0x544c534b for a TLS key log, and others.
  public var type: UInt32
  /// The secrets.
  public var bytes: [UInt8]

  /// Keeps secrets.
  public init(type: UInt32, bytes: [UInt8]) {
    self.type = type
    self.bytes = bytes
  }
}
