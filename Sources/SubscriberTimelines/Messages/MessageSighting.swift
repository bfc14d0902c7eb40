/// What a message is to those that the capture showed before it, and between whom it passed.
public struct MessageSighting: Sendable {
  /// Whether it was seen before.
  public enum Repetition: Sendable {
    /// A new message.
    case none
    /// The same transmission, seen once more at another point.
    case copy
    /// The same message, sent once more.
    case retransmission
  }

  /// Who sent it.
  public var from: NodeHandle
  /// Who received it.
  public var to: NodeHandle
  /// Whether it was seen before.
  public var repetition: Repetition
  /// The name under which more may be learned of it; nil where it has no open record.
  public var ticket: MessageTicket?

  /// Describes a message between two nodes.
  public init(from: NodeHandle, to: NodeHandle, repetition: Repetition = .none) {
    self.from = from
    self.to = to
    self.repetition = repetition
  }
}
