import CaptureFacts
import SubscriberTimelines

/// The figures over all records, each record counted once (RFC 6076 section 4: per attempt, never per hop or
/// retransmission).
public struct ServiceStatistics: Sendable {
  /// How many commands of different interfaces are told apart; hostile input has 2^56 of them. Exchanges of further ones
  /// are counted in `otherDiameter`.
  public static let distinctCommands = 512

  /// Registrations.
  public private(set) var registrations = RegistrationStatistics()
  /// Calls.
  public private(set) var calls = CallStatistics()
  /// Messages, subscriptions and publications.
  public private(set) var messaging = MessagingStatistics()
  /// Findings by severity.
  public private(set) var findings: [Finding.Severity: UInt64] = [:]
  /// Messages that came after their record was emitted.
  public private(set) var late: UInt64 = 0
  /// Diameter exchanges of commands beyond `distinctCommands`.
  public private(set) var otherDiameter: UInt64 = 0
  /// The place of each command in `commandFigures`, so that they are counted where they lie.
  private var commands: [CommandKey: Int] = [:]
  private var commandFigures: [DiameterCommandStatistics] = []

  private struct CommandKey: Hashable, Sendable {
    var application: UInt32
    var command: UInt32
  }

  /// Nothing counted yet.
  public init() {}

  /// Diameter by command, ordered by interface and command.
  public var diameter: [DiameterCommandStatistics] {
    commandFigures.sorted { ($0.interface, $0.command) < ($1.interface, $1.command) }
  }

  /// Counts one record with the Diameter exchanges in it.
  public mutating func count(_ record: TimelineRecord) {
    switch record {
    case .registration(let registration):
      registrations.count(registration)
      for exchange in registration.diameter { count(exchange) }
    case .call(let call):
      calls.count(call)
      for exchange in call.diameter { count(exchange) }
    case .messaging(let record):
      messaging.count(record)
      for exchange in record.diameter { count(exchange) }
    case .finding(let finding): findings[finding.severity, default: 0] += 1
    case .late: late += 1
    }
  }

  /// Counts an exchange that belongs to no record.
  public mutating func count(_ exchange: DiameterExchange) {
    let key = CommandKey(application: exchange.applicationID, command: exchange.commandCode)
    if let place = commands[key] {
      commandFigures[place].count(exchange)
      return
    }
    guard commands.count < ServiceStatistics.distinctCommands else {
      otherDiameter += 1
      return
    }
    var figures = DiameterCommandStatistics(interface: exchange.interface, command: exchange.command)
    figures.count(exchange)
    commands[key] = commandFigures.count
    commandFigures.append(figures)
  }

  /// Counts the exchanges that subscribers keep because they belong to no record; once, at the end of the run.
  public mutating func countUnplacedExchanges(of subscribers: SubscriberDirectory) {
    subscribers.forEach { subscriber in
      for exchange in subscriber.diameter { count(exchange) }
    }
  }
}

extension ServiceStatistics: TimelineConsumer {
  /// Counts one record.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    count(record)
  }
}
