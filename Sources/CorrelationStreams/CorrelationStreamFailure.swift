/// Why a stream cannot be read, or not any further.
public struct CorrelationStreamFailure: Error, Hashable, Sendable {
  /// The stream as the user named it.
  public var input: String
  /// The line, from 1; 0 where it could not be opened.
  public var line: UInt64
  /// What is wrong.
  public var message: String

  /// The whole of it for a person.
  public var description: String { line > 0 ? "line \(line): \(message)" : message }
}
