/// What a look at the first bytes of a flow says about whether a protocol carries it.
public enum Recognition: Sendable {
  /// It is this protocol.
  case certain
  /// It may be; more bytes are needed.
  case unsure
  /// It is not.
  case notOurs
}
