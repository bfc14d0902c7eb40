/// The version of the form of a stream (Documentation/CorrelationStream.md). The first number changes where a reader of
/// the form before could not read it, the second where something is added.
public enum CorrelationStreamVersion {
  /// What is written.
  public static let current = "1.1"

  /// Whether streams of this version can be read.
  static func isReadable(_ version: String) -> Bool {
    version.prefix { $0 != "." } == current.prefix { $0 != "." }
  }
}
