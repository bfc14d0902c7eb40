import CaptureFacts

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

  /// What kind of secret the data are, not to be shown unless asked for by name; nil where they are none.
  public var secret: SecretKind?

  /// The names of the values, for types Enumerated, Unsigned32 and Integer32; of the bits, for type Flags.
  public var valueNames: [UInt32: String]

  /// Defines an AVP.
  public init(
    code: UInt32, vendor: UInt32, name: String, type: DiameterAttributeType, secret: SecretKind? = nil,
    valueNames: [UInt32: String] = [:]
  ) {
    self.code = code
    self.vendor = vendor
    self.name = name
    self.type = type
    self.secret = secret
    self.valueNames = valueNames
  }
}
