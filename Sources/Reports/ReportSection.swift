/// A top-level part of a report. A table report is a report of one section.
public enum ReportSection: String, CaseIterable, Sendable {
  /// The inputs.
  case capture
  /// The nodes with their roles.
  case nodes
  /// The SCTP associations, and the connections in trouble.
  case transport
  /// The Diameter connections with what their ends said of themselves.
  case diameterPeers = "diameter_peers"
  /// The subscribers.
  case subscribers
  /// The registrations.
  case registrations
  /// The calls.
  case calls
  /// Messages, subscriptions and publications.
  case messaging
  /// The streams of media outside of calls.
  case media
  /// The figures.
  case statistics
  /// What a person should look at.
  case findings
  /// What was seen and what was not seen into.
  case coverage
}
