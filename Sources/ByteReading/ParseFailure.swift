/// Why bytes could not be read as what they should be: eight bytes, made without allocation; the text is made when it
/// is printed.
public struct ParseFailure: Error, Hashable, Sendable {
  /// What was wrong.
  public enum Reason: UInt32, Sendable {
    /// The bytes end before the header or field does.
    case truncated
    /// A length field contradicts itself or what surrounds it.
    case lengthContradicts
    /// A field has a value that its standard forbids.
    case valueForbidden
    /// The version is not one that is understood.
    case versionUnknown
    /// Nested deeper than the bound.
    case nestedTooDeep
    /// A mandatory field is missing.
    case fieldMissing
    /// More of something than the bound.
    case tooMany
  }

  /// What was wrong.
  public var reason: Reason

  /// Where, in bytes from the start of the structure being read; saturates at 2^32 - 1.
  public var offset: UInt32

  /// Makes a failure at this offset.
  @inlinable
  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = UInt32(clamping: offset)
  }
}

extension ParseFailure: CustomStringConvertible {
  /// The sentence for a person, such as `length field contradicts its surroundings at offset 12`.
  public var description: String {
    let words =
      switch reason {
      case .truncated: "bytes end early"
      case .lengthContradicts: "length field contradicts its surroundings"
      case .valueForbidden: "value not allowed"
      case .versionUnknown: "version not known"
      case .nestedTooDeep: "nested too deep"
      case .fieldMissing: "mandatory field missing"
      case .tooMany: "too many"
      }
    return "\(words) at offset \(offset)"
  }
}
