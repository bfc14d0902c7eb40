import CaptureFacts
import ServiceStatistics
import SubscriberTimelines

/// What a report can only say once the whole capture was read.
public struct ReportSummary: Sendable {
  /// The inputs.
  public var capture: CaptureSummary
  /// The nodes, which also resolve the handles in records.
  public var nodes: NodeDirectory
  /// The subscribers, which also resolve the handles in records.
  public var subscribers: SubscriberDirectory
  /// What the transport below the messages went through.
  public var transport: TransportDirectory
  /// The figures over all records.
  public var statistics: ServiceStatistics
  /// What was seen and what was not seen into.
  public var coverage: Coverage
  /// What a display filter selected; nil where all is shown.
  public internal(set) var selection: RecordSelection?

  /// Bundles what the run found.
  public init(
    capture: CaptureSummary, nodes: NodeDirectory, subscribers: SubscriberDirectory, transport: TransportDirectory,
    statistics: ServiceStatistics, coverage: Coverage
  ) {
    self.capture = capture
    self.nodes = nodes
    self.subscribers = subscribers
    self.transport = transport
    self.statistics = statistics
    self.coverage = coverage
  }
}
