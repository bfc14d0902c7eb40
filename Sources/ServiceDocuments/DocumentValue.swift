/// What a document says, in the form that reports write: a tree of named values in a fixed order, so that a report needs
/// to know nothing of the kinds of documents.
public enum DocumentValue: Hashable, Sendable {
  /// A text.
  case text(String)
  /// A whole number.
  case number(Int64)
  /// A number with a fraction.
  case decimal(Double)
  /// Yes or no.
  case flag(Bool)
  /// Several of a kind.
  case list([DocumentValue])
  /// Named values.
  case object(DocumentFields)
}
