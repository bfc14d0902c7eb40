/// What is true of one direction of a session of messages (MSRP).
public struct MessageSessionTruth: Sendable {
  /// The call that it belongs to.
  public var call: String
  /// `address:port` of the sender.
  public var source: String
  /// `address:port` of the receiver.
  public var destination: String
  /// SEND requests.
  public var chunks = 0
  /// Messages sent to their end.
  public var messages = 0
  /// Octets of their bodies.
  public var octets = 0
  /// REPORT requests.
  public var reports = 0
  /// Responses.
  public var responses = 0
  /// The statuses of those that tell of a failure.
  public var failures: [Int] = []
}
