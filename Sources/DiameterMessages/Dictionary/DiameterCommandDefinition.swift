/// What a dictionary knows of one command.
public struct DiameterCommandDefinition: Hashable, Sendable {
  /// The command code.
  public var code: UInt32

  /// The name without `-Request` and `-Answer`: `User-Authorization`.
  public var name: String

  /// The abbreviation without `R` and `A`: `UA`.
  public var abbreviation: String

  /// Defines a command.
  public init(code: UInt32, name: String, abbreviation: String) {
    self.code = code
    self.name = name
    self.abbreviation = abbreviation
  }
}
