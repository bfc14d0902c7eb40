/// How a UE and its P-CSCF protect what passes between them: what the registration agreed on (RFC 3329, TS 33.203 section
/// 7.2). Of several entries of a header the first is kept.
public struct AccessSecurity: Sendable {
  /// What one end announced.
  public struct End: Hashable, Sendable {
    /// The SPI of what arrives at its client port.
    public var spiClient: UInt32?
    /// Its client port.
    public var portClient: UInt16?
    /// The SPI of what arrives at its server port.
    public var spiServer: UInt32?
    /// Its server port.
    public var portServer: UInt16?
  }

  /// The mechanism: `ipsec-3gpp`, `tls`, ...
  public var mechanism: String
  /// The integrity algorithm that the P-CSCF chose, as it wrote it; nil for a mechanism without.
  public var integrity: String?
  /// The encryption algorithm that it chose; nil where it wrote none.
  public var encryption: String?
  /// `trans`, `tun` or `UDP-enc-tun`; nil where it wrote none.
  public var mode: String?
  /// What the UE announced; nil where the capture does not show it.
  public var userEquipment: End?
  /// What the P-CSCF announced.
  public var proxy: End
}
