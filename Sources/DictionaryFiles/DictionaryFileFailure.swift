/// Why a dictionary file cannot be used.
public struct DictionaryFileFailure: Error, Hashable, Sendable {
  /// The file as the user named it.
  public var path: String
  /// The line that is wrong, from 1; nil where the file cannot be read at all.
  public var line: Int?
  /// What is wrong.
  public var message: String
}

extension DictionaryFileFailure: CustomStringConvertible {
  /// The line for standard error: `FILE:LINE: MESSAGE`.
  public var description: String {
    path + (line.map { ":\($0)" } ?? "") + ": " + message
  }
}
