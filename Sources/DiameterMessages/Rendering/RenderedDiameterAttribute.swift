/// One AVP as a person or a program reads it.
public struct RenderedDiameterAttribute: Sendable {
  /// What an AVP carries, by its type.
  public enum Content: Hashable, Sendable {
    /// A number, with the name of the value where the dictionary has one.
    case number(Int64, name: String?)
    /// A number that no `Int64` holds.
    case unsigned64(UInt64)
    /// A number with a fraction.
    case real(Double)
    /// Text, or what is written as text: identities, addresses, times.
    case text(String)
    /// The octets, in hexadecimal: what has no other form, is not known, or does not fit its type.
    case octets(String)
    /// A group whose members could be read.
    case group
    /// A secret that is not shown.
    case masked
  }

  /// Which AVP, and where.
  public let attribute: DiameterAttribute

  /// The name; nil where the dictionary has none.
  public let name: String?

  /// What it carries.
  public let content: Content

  /// The members of a group.
  public let members: [RenderedDiameterAttribute]

  /// Whether the value is hidden because it is a secret.
  public var isMasked: Bool { content == .masked }

  /// The value in one line; empty for a group that could be read.
  public var value: String { content.text }
}

extension RenderedDiameterAttribute.Content {
  /// The content in one line; empty for a group that could be read.
  var text: String {
    switch self {
    case .number(let number, let name): name.map { "\($0) (\(number))" } ?? String(number)
    case .unsigned64(let number): String(number)
    case .real(let number): number.description
    case .text(let text), .octets(let text): text
    case .group: ""
    case .masked: DiameterAttributeRenderer.mask
    }
  }
}
