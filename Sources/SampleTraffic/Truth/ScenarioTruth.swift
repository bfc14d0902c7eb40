/// Everything that is true of a generated capture, known before any analyser has seen it.
public struct ScenarioTruth: Sendable {
  /// The name of the scenario.
  public var scenario: String
  /// The seed it was played with.
  public var seed: UInt64
  /// Percentage of the frames that were removed at random.
  public var lossPercent: Int
  /// The frames of each written file.
  public var frameCounts: [Int] = []
  /// The nodes that sent or received signalling.
  public var nodes: [NodeTruth] = []
  /// The subscribers that took part.
  public var subscribers: [SubscriberTruth] = []
  /// The registrations, in order of their ends.
  public var registrations: [RegistrationTruth] = []
  /// The calls, in order of their ends.
  public var calls: [CallTruth] = []
  /// The streams of media, of which more is known than that they flow.
  public var media: [MediaTruth] = []
  /// The sessions of messages, each direction by itself.
  public var messageSessions: [MessageSessionTruth] = []
  /// Messages and subscriptions.
  public var services: [ServiceTruth] = []
  /// Diameter requests with their answers.
  public var exchanges: [ExchangeTruth] = []
  /// What only many records together show.
  public var findings: [FindingTruth] = []
  /// Every message on every hop, in the order in which the script sent them.
  public var messages: [MessageTruth] = []

  /// How often a message of this kind can be read from the capture, copies included.
  public func observations(of kind: MessageTruth.Kind) -> Int {
    messages.reduce(0) { $0 + ($1.kind == kind ? $1.observations : 0) }
  }

  /// How many different messages of this kind are in the capture: neither copies nor retransmissions count.
  public func distinctMessages(of kind: MessageTruth.Kind) -> Int {
    messages.count { $0.kind == kind && $0.observations > 0 && !$0.isRetransmission }
  }

  /// The frames of the messages that belong to the record `id`, in order.
  public func frames(of id: String) -> [Int] {
    Array(Set(messages.filter { $0.record == id }.flatMap(\.frames))).sorted()
  }
}
