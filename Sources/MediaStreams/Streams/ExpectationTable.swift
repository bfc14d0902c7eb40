import CaptureFacts

/// What is expected where, in two halves by time: when the newer half is full, or old, the older one is forgotten.
struct ExpectationTable {
  /// Endpoints in each half: two media with both sides of some ten thousand calls.
  static let limit = 1 << 15

  /// How long a half takes what is new, in nanoseconds: a session is described once, and refreshed within the hour
  /// (RFC 4028 recommends half an hour).
  static let lifetime: Int64 = 3_600_000_000_000

  private var newer: [Endpoint: MediaExpectation] = [:]
  private var older: [Endpoint: MediaExpectation] = [:]
  private var beginning: Timestamp?
  /// How often something was added: tells a stream without a meaning when to ask again.
  private(set) var generation: UInt32 = 0

  /// Whether nothing was ever expected.
  var isEmpty: Bool { newer.isEmpty && older.isEmpty }

  mutating func add(_ expectation: MediaExpectation, at time: Timestamp) {
    let start = beginning ?? time
    beginning = start
    if newer.count >= ExpectationTable.limit || time.nanoseconds(since: start) > ExpectationTable.lifetime {
      older = newer
      newer = [:]
      beginning = time
    }
    generation &+= 1
    if var known = newer[expectation.endpoint] ?? older[expectation.endpoint] {
      known.merge(expectation)
      newer[expectation.endpoint] = known
    } else {
      newer[expectation.endpoint] = expectation
    }
  }

  func expectation(at endpoint: Endpoint) -> MediaExpectation? {
    newer[endpoint] ?? older[endpoint]
  }
}
