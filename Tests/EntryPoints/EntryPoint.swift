/// A way by which the bytes of others come in. Fuzzers call it with whatever they make up; `make test` calls it with the
/// inputs that once ended a run or held it up.
public struct EntryPoint: Sendable {
  /// What commands and folders call it.
  public let name: String
  /// What its inputs are made of, for whoever changes them with sense.
  public let shape: InputShape
  /// Reads an input as far as it goes. Whatever the input is, this returns: a trap or an endless loop is a finding.
  public let run: @Sendable (RawSpan) -> Void

  init(_ name: String, _ shape: InputShape, _ run: @escaping @Sendable (RawSpan) -> Void) {
    self.name = name
    self.shape = shape
    self.run = run
  }

  /// All of them.
  public static let all: [EntryPoint] =
    sip + diameter + packets + files + documents + media + pipeline + reports + texts

  /// The one with this name.
  public static func named(_ name: String) -> EntryPoint? {
    all.first { $0.name == name }
  }

  /// Says that an output is not what it promises to be. The same as a trap for a fuzzer, and with words.
  static func fail(_ words: String) -> Never {
    fatalError(words)
  }
}
