import CaptureFacts

/// A name that the capture gives to an address (pcapng section 4.5).
public struct ResolvedName: Hashable, Sendable {
  /// The address.
  public var address: IPAddress
  /// Its name.
  public var name: String

  /// Names an address.
  public init(address: IPAddress, name: String) {
    self.address = address
    self.name = name
  }
}
