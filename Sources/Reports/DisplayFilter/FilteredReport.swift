import ServiceStatistics
import SubscriberTimelines

/// A report of the records that a display filter selects, or of certain records, and of what belongs to them: their nodes, subscribers,
/// findings and statistics. What the capture is and what was not seen into stays about all of it.
public struct FilteredReport<Report: ReportWriter>: ReportWriter {
  /// How many selected records are remembered for the findings and late messages about them, which follow within
  /// minutes; then the memory begins anew.
  public static var rememberedRecords: Int { 1 << 18 }

  /// The report of what is selected.
  public private(set) var report: Report

  private let filter: DisplayFilter?
  private let records: Set<RecordIdentifier>
  private var selection: RecordSelection
  private var statistics: ServiceStatistics
  private var selected: Set<RecordIdentifier> = []
  private var nodeHandles: Set<NodeHandle> = []
  private var subscriberHandles: Set<SubscriberHandle> = []

  /// Passes on to `report` what `filter` selects. `interval` is the length of the intervals of statistics.
  public init(_ report: Report, _ filter: DisplayFilter, interval: Int64? = nil) {
    statistics = ServiceStatistics(interval: interval)
    self.report = report
    self.filter = filter
    records = []
    selection = RecordSelection(expression: filter.expression)
  }

  /// Passes on to `report` these records, which `name` stands for.
  public init(_ report: Report, records: Set<RecordIdentifier>, named name: String) {
    statistics = ServiceStatistics()
    self.report = report
    filter = nil
    self.records = records
    selection = RecordSelection(expression: name)
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { report.failure }

  /// Passes a record on if it is selected.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    let facts = DisplayFilterFacts(subject: .record(record), nodes: nodes, subscribers: subscribers)
    let isSelected: Bool
    switch record {
    case .registration, .call, .messaging:
      selection.allRecords += 1
      isSelected = filter?.selects(facts) ?? record.id.map(records.contains) ?? false
      if isSelected, let id = record.id {
        selection.records += 1
        if selected.count >= FilteredReport.rememberedRecords { selected.removeAll(keepingCapacity: true) }
        selected.insert(id)
        nodeHandles.formUnion(facts.nodeHandles)
        subscriberHandles.formUnion(record.subscriberHandles)
      }
    case .finding(let finding):
      isSelected = finding.about.isEmpty ? filter?.selects(facts) ?? false : !selected.isDisjoint(with: finding.about)
    case .late(let id, _):
      isSelected = selected.contains(id)
    case .media:
      selection.allStreams += 1
      isSelected = filter?.selects(facts) ?? false
      if isSelected { selection.streams += 1 }
    }
    guard isSelected else { return }
    statistics.count(record)
    report.receive(record, nodes: nodes, subscribers: subscribers)
  }

  /// Passes on what is known so far of the selected records.
  public mutating func summarize(_ summary: ReportSummary) throws(ReportOutputFailure) {
    // What lies outside of records is selected at the end, once.
    var summary = summary
    selection.subscribers = Set(subscriberHandles.map { summary.subscribers.id(of: $0) })
    selection.nodes = Set(nodeHandles.map { summary.nodes.id(of: $0) })
    summary.statistics = statistics
    summary.selection = selection
    try report.summarize(summary)
  }

  /// Completes the report with what belongs to the selected records.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    selection.subscribers = Set(subscriberHandles.map { summary.subscribers.id(of: $0) })
    summary.subscribers.forEach { select(outsideOfRecords: $0, summary) }
    selection.nodes = Set(nodeHandles.map { summary.nodes.id(of: $0) })
    var summary = summary
    summary.statistics = statistics
    summary.selection = selection
    try report.finish(summary)
  }

  /// Selects a subscriber for its Diameter exchanges that belong to no record, or for itself where it has nothing else.
  private mutating func select(outsideOfRecords subscriber: Subscriber, _ summary: ReportSummary) {
    var exchanges: [DiameterExchange?] = subscriber.diameter
    if exchanges.isEmpty, subscriber.registrations.isEmpty, subscriber.calls.isEmpty, subscriber.messaging.isEmpty {
      exchanges = [nil]
    }
    for exchange in exchanges {
      let facts = DisplayFilterFacts(
        subject: .subscriber(subscriber, exchange), nodes: summary.nodes, subscribers: summary.subscribers)
      guard filter?.selects(facts) ?? false else { continue }
      if let exchange { statistics.count(exchange) }
      nodeHandles.formUnion(facts.nodeHandles)
      selection.subscribers.insert(subscriber.id)
    }
  }
}
