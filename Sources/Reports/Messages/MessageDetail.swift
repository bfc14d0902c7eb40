/// How much of each message a report shows.
public enum MessageDetail: String, CaseIterable, Comparable, Sendable {
  /// What a line holds.
  case summary
  /// Every header field with its decoded values, every AVP by name.
  case headers
  /// Bodies, too.
  case full

  /// Each shows what those before it show.
  public static func < (less: MessageDetail, more: MessageDetail) -> Bool {
    less != more && (less == .summary || more == .full)
  }
}
