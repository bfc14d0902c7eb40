/// Why captured frames could not be written.
public struct CaptureWriteFailure: Error, Hashable, Sendable {
  /// The output as the user named it.
  public var output: String
  /// One sentence: what is wrong and what to do.
  public var message: String
  /// Whether the reader of a pipe has gone: a program then ends silently.
  public var isClosedPipe: Bool

  /// Describes what is wrong with `output`.
  public init(output: String, message: String, isClosedPipe: Bool = false) {
    self.output = output
    self.message = message
    self.isClosedPipe = isClosedPipe
  }
}

extension CaptureWriteFailure: CustomStringConvertible {
  /// The line for standard error.
  public var description: String { "\(output): \(message)" }
}
