import SubscriberTimelines

extension DiameterCommandStatistics {
  /// One result of a command.
  public struct ResultCount: Sendable {
    /// The code.
    public var result: DiameterExchange.Result
    /// Its name; nil where the dictionary has none.
    public var name: String?
    /// How often it was the answer.
    public var count: UInt64
  }

  /// The results, the most frequent first.
  public var results: [ResultCount] {
    counted
      .sorted { ($1.count, $0.result.order.0, $0.result.order.1) < ($0.count, $1.result.order.0, $1.result.order.1) }
  }
}

extension DiameterExchange.Result {
  /// Base results before experimental ones, then by vendor and code.
  fileprivate var order: (UInt64, UInt32) {
    switch self {
    case .base(let code): (0, code)
    case .experimental(let vendor, let code): (1 + UInt64(vendor), code)
    }
  }
}
