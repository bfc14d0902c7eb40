import CaptureFacts
import SIPMessages
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
  /// Streams of media.
  public private(set) var media = MediaStatistics()
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

  /// How many nodes have counters of their own; what more of them were sent is counted in `otherNodes`.
  static let distinctNodes = 1 << 14

  /// Attempts at nodes beyond `distinctNodes`.
  public private(set) var otherNodes: UInt64 = 0
  /// Figures by interval; nil where nobody asked.
  public private(set) var series: TimeSeries?
  private var nodeFigures: [UInt32: NodeStatistics] = [:]
  private var nodeCommands: [NodeCommandKey: DiameterCommandStatistics] = [:]

  /// Nothing counted yet. `interval` is the length of the intervals of `series`, in nanoseconds.
  public init(interval: Int64? = nil) {
    series = interval.map { TimeSeries(length: $0) }
  }

  /// The counters of each node of the network.
  public func nodes(in directory: NodeDirectory) -> [NodeFigures] {
    NodeFigures.figures(nodeFigures, nodeCommands, directory)
  }

  /// Diameter by command, ordered by interface and command.
  public var diameter: [DiameterCommandStatistics] {
    commandFigures.sorted { ($0.interface, $0.command) < ($1.interface, $1.command) }
  }

  /// Counts one record with the Diameter exchanges in it.
  public mutating func count(_ record: TimelineRecord) {
    switch record {
    case .registration(let registration):
      registrations.count(registration)
      series?.count(registration)
      count(registration.events, .register)
      for exchange in registration.diameter { count(exchange) }
    case .call(let call):
      calls.count(call)
      series?.count(call)
      count(call.events, .invite)
      for stream in call.media { media.count(stream) }
      for exchange in call.diameter { count(exchange) }
    case .messaging(let record):
      messaging.count(record)
      for exchange in record.diameter { count(exchange) }
    case .finding(let finding): findings[finding.severity, default: 0] += 1
    case .media(let stream): media.count(stream)
    case .late: late += 1
    }
  }

  private mutating func count(_ events: [TimelineEvent], _ method: SIPMethod) {
    otherNodes += NodeStatistics.count(events, method, into: &nodeFigures, room: ServiceStatistics.distinctNodes)
  }

  /// Counts an exchange for the node that was asked.
  private mutating func countAtNode(_ exchange: DiameterExchange) {
    let key = NodeCommandKey(
      node: exchange.to.index, application: exchange.applicationID, command: exchange.commandCode)
    if let place = nodeCommands.index(forKey: key) {
      nodeCommands.values[place].count(exchange)
      return
    }
    guard nodeCommands.count < ServiceStatistics.distinctNodes else {
      otherNodes += 1
      return
    }
    var figures = DiameterCommandStatistics(interface: exchange.interface, command: exchange.command)
    figures.count(exchange)
    nodeCommands[key] = figures
  }

  /// Counts an exchange that belongs to no record.
  public mutating func count(_ exchange: DiameterExchange) {
    countAtNode(exchange)
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
