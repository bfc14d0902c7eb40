/// Why an input cannot be read at all, or not any further.
public struct CaptureInputFailure: Error, Hashable, Sendable {
  /// The input as the user named it.
  public var input: String

  /// One sentence: what is wrong, where (offset) if that is known, and what to do.
  public var message: String

  /// Describes what is wrong with `input`.
  public init(input: String, message: String) {
    self.input = input
    self.message = message
  }
}

extension CaptureInputFailure: CustomStringConvertible {
  /// The line for standard error.
  public var description: String { "\(input): \(message)" }
}
