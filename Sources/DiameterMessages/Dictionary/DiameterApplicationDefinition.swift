/// What a dictionary knows of one application.
public struct DiameterApplicationDefinition: Hashable, Sendable {
  /// The Application-ID.
  public var identifier: UInt32

  /// The reference point, as short as engineers say it: `Cx`, `Rx`, `S6a`; `base` for the base protocol.
  public var interface: String

  /// The full name.
  public var name: String

  /// Defines an application.
  public init(identifier: UInt32, interface: String, name: String) {
    self.identifier = identifier
    self.interface = interface
    self.name = name
  }
}
