import SubscriberTimelines

extension RegistrationKind {
  /// The kind in a table that fits 80 columns.
  var shortName: String {
    switch self {
    case .initial: "initial"
    case .additionalContact: "added"
    case .reRegistration: "re-reg."
    case .deRegistration: "de-reg."
    case .networkDeRegistration: "network"
    case .timeout: "timeout"
    }
  }
}
