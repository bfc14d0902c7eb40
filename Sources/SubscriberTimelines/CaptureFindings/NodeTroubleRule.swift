import CaptureFacts

/// One row of the table of rules about nodes: which events speak for it, and what it says of a period of them.
struct NodeTroubleRule: Sendable {
  /// What an event is to a rule.
  enum Effect {
    /// Nothing.
    case none
    /// It belongs to a period that has begun, as one of those among which others are counted.
    case belongs
    /// It is counted, and begins a period.
    case counts
    /// It ends the period.
    case ends
  }

  /// Between whom a period is counted.
  enum Scope {
    /// Between two nodes of the network.
    case pair
    /// At the node that is asked, whoever asks.
    case asked
  }

  /// The key in reports.
  let key: String
  /// How bad it is.
  let severity: Finding.Severity
  /// Between whom.
  let scope: Scope
  /// How long after the last event that counts a period is over, in nanoseconds; nil where only an event ends it.
  let quiet: Int64?
  /// How many events count in a period at the least that it says anything of.
  let fewest: Int
  /// What an event is to it.
  let effect: @Sendable (NodeEvent.Kind, _ isSIP: Bool) -> Effect
  /// What it says of a period that is over; nil where that is not worth a finding.
  let find: @Sendable (NodeTroublePeriod, NodeTroubleWords) -> String?
}
