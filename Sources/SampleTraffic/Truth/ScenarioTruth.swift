/// Everything that is true of a generated capture, known before any analyser has seen it.
public struct ScenarioTruth: Sendable {
  public var scenario: String
  public var seed: UInt64
  /// Percentage of the frames that were removed at random.
  public var lossPercent: Int
  /// The frames of each written file.
  public var frameCounts: [Int] = []
  public var nodes: [NodeTruth] = []
  public var subscribers: [SubscriberTruth] = []
  public var registrations: [RegistrationTruth] = []
  public var calls: [CallTruth] = []
  public var services: [ServiceTruth] = []
  public var exchanges: [ExchangeTruth] = []
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
