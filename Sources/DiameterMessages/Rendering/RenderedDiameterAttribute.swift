/// One AVP as a person or a program reads it.
public struct RenderedDiameterAttribute: Sendable {
  /// Which AVP, and where.
  public let attribute: DiameterAttribute

  /// The name; nil where the dictionary has none.
  public let name: String?

  /// The value as text; empty for a group that could be read.
  public let value: String

  /// Whether the value is hidden because it is a secret.
  public let isMasked: Bool

  /// The members of a group.
  public let members: [RenderedDiameterAttribute]
}
