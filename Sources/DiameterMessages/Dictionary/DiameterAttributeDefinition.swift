/// What a dictionary knows of one AVP.
public struct DiameterAttributeDefinition: Hashable, Sendable {
  /// The AVP code.
  public var code: UInt32

  /// The Vendor-ID; 0 for none.
  public var vendor: UInt32

  /// The name as the standard writes it.
  public var name: String

  /// How to read the data.
  public var type: DiameterAttributeType

  /// Whether the data are a key or a credential, not to be shown unless asked for by name.
  public var isSecret: Bool

  /// The names of the values, for types Enumerated, Unsigned32 and Integer32.
  public var valueNames: [UInt32: String]

  /// Defines an AVP.
  public init(
    code: UInt32, vendor: UInt32, name: String, type: DiameterAttributeType, isSecret: Bool = false,
    valueNames: [UInt32: String] = [:]
  ) {
    self.code = code
    self.vendor = vendor
    self.name = name
    self.type = type
    self.isSecret = isSecret
    self.valueNames = valueNames
  }
}
