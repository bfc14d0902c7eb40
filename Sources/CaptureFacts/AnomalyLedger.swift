/// Counts anomalies by kind, layer and detail, and keeps the first frames of each, so that nothing is dropped silently
/// and a flood of one kind costs no more than its counter.
public struct AnomalyLedger: Sendable {
  /// How many frames are kept for each kind at each layer: enough to look some up in Wireshark.
  public static let keptFrames = 5

  /// How many different details (link types, protocol numbers) are told apart in all; hostile input has 2^32 of them.
  /// Those beyond are counted under detail 0.
  public static let distinctEntries = 1024

  /// What tells one line of the ledger from another.
  public struct Key: Hashable, Comparable, Sendable {
    /// What is wrong.
    public var kind: AnomalyKind
    /// The layer at which it was noticed.
    public var layer: LayerKind
    /// The link type or protocol number, for the kinds that are about one; 0 for all others.
    public var detail: UInt32

    /// Names a line.
    public init(kind: AnomalyKind, layer: LayerKind, detail: UInt32) {
      self.kind = kind
      self.layer = layer
      self.detail = detail
    }

    /// Ledger lines are ordered by kind, layer and detail.
    public static func < (left: Key, right: Key) -> Bool {
      (left.kind.rawValue, left.layer.rawValue, left.detail)
        < (right.kind.rawValue, right.layer.rawValue, right.detail)
    }
  }

  /// One line of the ledger.
  public struct Entry: Sendable {
    /// How often it happened.
    public internal(set) var count: UInt64 = 0
    /// The sum of the details: for bytes lost and packets dropped, how many in all.
    public internal(set) var amount: UInt64 = 0
    /// The first frames concerned, at most `keptFrames`.
    public internal(set) var frames: [FrameReference] = []

    /// A line as it was written elsewhere.
    public init(count: UInt64 = 0, amount: UInt64 = 0, frames: [FrameReference] = []) {
      self.count = count
      self.amount = amount
      self.frames = frames
    }
  }

  private var entries: [Key: Entry] = [:]

  /// An empty ledger.
  public init() {}

  /// Counts one anomaly.
  public mutating func record(_ anomaly: Anomaly) {
    let perDetail: Bool
    switch anomaly.kind {
    case .linkTypeNotDecoded, .protocolNotDecoded: perDetail = true
    default: perDetail = false
    }
    var key = Key(kind: anomaly.kind, layer: anomaly.layer, detail: perDetail ? anomaly.detail : 0)
    if perDetail, entries.count >= AnomalyLedger.distinctEntries, entries[key] == nil { key.detail = 0 }
    entries[key, default: Entry()].add(anomaly)
  }

  /// Counts one anomaly, given by its parts.
  public mutating func record(
    _ kind: AnomalyKind, at layer: LayerKind, frame: FrameReference, offset: Int = 0, detail: UInt32 = 0
  ) {
    record(
      Anomaly(
        kind: kind, layer: layer, frame: frame, offset: UInt32(truncatingIfNeeded: offset), detail: detail))
  }

  /// How often `kind` was recorded, at whichever layer.
  public func count(of kind: AnomalyKind) -> UInt64 {
    entries.reduce(0) { $0 + ($1.key.kind == kind ? $1.value.count : 0) }
  }

  /// The sum of the details of `kind`, at whichever layer.
  public func amount(of kind: AnomalyKind) -> UInt64 {
    entries.reduce(0) { $0 &+ ($1.key.kind == kind ? $1.value.amount : 0) }
  }

  /// All lines in a fixed order.
  public var lines: [(key: Key, entry: Entry)] {
    entries.sorted { $0.key < $1.key }.map { (key: $0.key, entry: $0.value) }
  }
}

extension AnomalyLedger.Entry {
  fileprivate mutating func add(_ anomaly: Anomaly) {
    count += 1
    amount &+= UInt64(anomaly.detail)
    if frames.count < AnomalyLedger.keptFrames { frames.append(anomaly.frame) }
  }
}

extension AnomalyLedger {
  /// Adds what another ledger counted; its frames come after those kept already.
  public mutating func merge(_ other: AnomalyLedger) {
    for (key, entry) in other.lines { add(entry, under: key) }
  }

  /// Adds a line that another ledger has; its frames come after those kept already.
  public mutating func add(_ entry: Entry, under key: Key) {
    var sum = entries[key] ?? Entry()
    sum.count &+= entry.count
    sum.amount &+= entry.amount
    sum.frames += entry.frames.prefix(max(0, AnomalyLedger.keptFrames - sum.frames.count))
    entries[key] = sum
  }
}
