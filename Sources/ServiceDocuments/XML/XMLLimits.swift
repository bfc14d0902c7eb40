/// What an XML document may be: beyond these bounds its reading ends, and what was read until then is kept.
enum XMLLimits {
  /// The longest document in bytes. SIP bodies are bounded at 256 KiB, User-Data by the longest Diameter message.
  static let bytes = 1 << 20

  /// How deep elements may lie in each other. A service profile nests nine deep, PIDF-LO twelve.
  static let depth = 32

  /// How many elements there may be. The profile of an implicit set of hundred identities has some thousand.
  static let elements = 20_000

  /// How many attributes one element may have: comparing them takes the square of it.
  static let attributesOfElement = 1024

  /// How many attributes in all.
  static let attributes = 40_000
}
