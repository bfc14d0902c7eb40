/// What became of the packets of one ESP security association. Keys are no part of it.
public struct SecurityAssociationCoverage: Sendable {
  /// What opened its packets.
  public enum Means: String, Sendable {
    /// There is no encryption, as the structure of the packets shows.
    case structure
    /// The keys of the registration that set it up, from Cx.
    case registrationKeys = "registration_keys"
    /// Keys that the user gave.
    case givenKeys = "given_keys"
  }

  /// The security parameters index.
  public var spi: UInt32
  /// Who sent the first of its packets.
  public var source: IPAddress
  /// Who receives them.
  public var destination: IPAddress
  /// What opened them; nil where nothing did.
  public var means: Means?
  /// The encryption algorithm, by its name in Security-Client; nil where nothing was opened.
  public var encryption: String?
  /// The integrity algorithm; nil where nothing was opened, or the structure alone shows its length.
  public var integrity: String?
  /// Packets opened.
  public var opened: UInt64 = 0
  /// Packets for which there were no keys.
  public var withoutKeys: UInt64 = 0
  /// Packets whose integrity check value was not that of the keys.
  public var integrityFailed: UInt64 = 0
  /// Packets that waited for keys and gave way to others.
  public var windowExceeded: UInt64 = 0
  /// Packets that were cut, or held nothing that can be.
  public var malformed: UInt64 = 0

  /// An association of which nothing was counted yet.
  public init(spi: UInt32, source: IPAddress, destination: IPAddress) {
    self.spi = spi
    self.source = source
    self.destination = destination
  }
}
