/// A top-level part of a report. A table report is a report of one section.
public enum ReportSection: String, CaseIterable, Sendable {
  /// The inputs.
  case capture
  /// The nodes with their roles.
  case nodes
  /// The subscribers.
  case subscribers
  /// The registrations.
  case registrations
  /// The calls.
  case calls
  /// Messages, subscriptions and publications.
  case messaging
  /// The figures.
  case statistics
  /// What a person should look at.
  case findings
  /// What was seen and what was not seen into.
  case coverage
}
