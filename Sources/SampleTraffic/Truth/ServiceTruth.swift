/// What is true of something else that a user did: a short message, an instant message, a subscription.
public struct ServiceTruth: Sendable {
  /// What it was.
  public enum Kind: String, Sendable {
    case shortMessageSubmit = "sms_submit"
    case shortMessageDeliver = "sms_deliver"
    case shortMessageReport = "sms_report"
    case instantMessage = "instant_message"
    case registrationEvent = "reg_event"
    case presence
    case conferenceEvent = "conference_event"
    case keepAlive = "keep_alive"
  }

  /// The name by which messages refer to it, unique in the scenario.
  public var id: String
  /// What kind it is.
  public var kind: Kind
  /// The identity of the sender.
  public var originator: String
  /// The identity addressed.
  public var recipient: String
  /// The rest of its story: the submission, the delivery and the report of one short message, the call whose conference
  /// is watched.
  public var related: [String] = []
  /// Whether it reached its end successfully.
  public var isSuccessful = true
  /// The SIP code of the first request as its sender saw it.
  public var status: Int?
  /// Nanoseconds since the epoch.
  public var start: Int64 = 0
  /// Why it failed or was interrupted; nil where nothing went wrong.
  public var cause: FailureCause?
  /// The Call-IDs of its SIP messages.
  public var callIDs: [String] = []
}
