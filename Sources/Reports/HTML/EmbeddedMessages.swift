/// Whose messages a page holds in full.
public enum EmbeddedMessages: String, CaseIterable, Sendable {
  /// Those of records with findings, and of the first others.
  case findings
  /// All.
  case all
  /// None: the page has the ladders only.
  case none
}
