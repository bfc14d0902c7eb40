import CaptureFacts

/// Counts what became of the packets of each security association.
struct AssociationTallies {
  /// How many associations are told apart; hostile input has 2^32 of them. Those beyond are counted in the sums alone.
  static let limit = 1024

  private var byName: [AssociationName: SecurityAssociationCoverage] = [:]
  /// Payloads opened.
  private(set) var opened: UInt64 = 0

  /// Counts a payload that was opened.
  mutating func countOpened(
    _ name: AssociationName, from source: IPAddress, _ means: SecurityAssociationCoverage.Means,
    encryption: EncryptionAlgorithm, integrity: IntegrityAlgorithm?
  ) {
    opened += 1
    change(name, from: source) { tally in
      if tally.means == nil {
        tally.means = means
        tally.encryption = encryption.name
        tally.integrity = integrity?.name
      }
      tally.opened += 1
    }
  }

  /// Counts a payload that was given up.
  mutating func countNotOpened(_ name: AssociationName, from source: IPAddress, _ reason: NotOpenedReason) {
    change(name, from: source) { tally in
      switch reason {
      case .noKeys: tally.withoutKeys += 1
      case .integrityFailed: tally.integrityFailed += 1
      case .malformed: tally.malformed += 1
      case .windowExceeded: tally.windowExceeded += 1
      }
    }
  }

  private mutating func change(
    _ name: AssociationName, from source: IPAddress, _ change: (inout SecurityAssociationCoverage) -> Void
  ) {
    if byName[name] == nil {
      guard byName.count < AssociationTallies.limit else { return }
      byName[name] = SecurityAssociationCoverage(spi: name.spi, source: source, destination: name.destination)
    }
    if var tally = byName[name] {
      change(&tally)
      byName[name] = tally
    }
  }

  /// All of them, by destination and SPI.
  var all: [SecurityAssociationCoverage] {
    byName.values.sorted { ($0.destination, $0.spi) < ($1.destination, $1.spi) }
  }
}
