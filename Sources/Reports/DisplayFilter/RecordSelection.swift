import SubscriberTimelines

/// What a display filter selected: the part of the capture that statistics, nodes and subscribers of a report are about.
public struct RecordSelection: Sendable {
  /// The filter.
  public var expression: String
  /// How many registrations, calls and messaging records it selected.
  public internal(set) var records: UInt64 = 0
  /// Of how many.
  public internal(set) var allRecords: UInt64 = 0
  /// How many streams of media outside of calls it selected.
  public internal(set) var streams: UInt64 = 0
  /// Of how many.
  public internal(set) var allStreams: UInt64 = 0
  /// The ids of the nodes in them.
  var nodes: Set<String> = []
  /// The ids of their subscribers.
  var subscribers: Set<RecordIdentifier> = []

  init(expression: String) {
    self.expression = expression
  }
}

extension ReportSummary {
  /// The nodes that the report is about.
  var shownNodes: [Node] {
    guard let selection else { return nodes.nodes() }
    return nodes.nodes().filter { selection.nodes.contains($0.id) }
  }

  /// Calls `body` with each subscriber that the report is about.
  func forEachShownSubscriber(_ body: (Subscriber) -> Void) {
    subscribers.forEach { subscriber in
      if selection?.subscribers.contains(subscriber.id) ?? true { body(subscriber) }
    }
  }
}
