import ByteReading
import CaptureFacts
import ServiceDocuments

/// The short messages seen lately, submitted or delivered, open or completed: a centre may deliver what it took hours
/// ago.
struct ShortMessageLedger {
  /// How many are remembered, twice over: the messages of an hour of a busy core.
  static let kept = 1 << 14

  /// How many of the same key are looked at, the latest: greetings are alike.
  static let keptOfKey = 64

  /// How many identities are kept of the user at the UE's end: From, and what the network asserts.
  static let keptIdentities = 8

  /// One short message.
  struct Entry {
    let seat: SubscriberTimelines.RecordSeat
    let isSubmission: Bool
    let time: Timestamp
    /// The number that its data names: that of the recipient where it was submitted, of the sender where it is delivered.
    let number: Substring
    /// The public identities of the user at the UE's end.
    var identities: [String] = []
    /// When the centre took it (TP-SCTS), as its text is.
    var timestamp: String?
    /// Whether it was found in another record.
    var isJoined = false
  }

  private var entries: [Entry] = []
  /// The serial number of the first entry.
  private var first = 0
  private var serials: [KeyedHash: [Int]] = [:]

  /// The entry with a serial number; nil where it was forgotten.
  subscript(serial: Int) -> Entry? {
    get { entries.indices.contains(serial - first) ? entries[serial - first] : nil }
    set {
      guard let newValue, entries.indices.contains(serial - first) else { return }
      entries[serial - first] = newValue
    }
  }

  /// Remembers a short message. Returns its serial number.
  mutating func add(_ entry: Entry) -> Int {
    if entries.count >= 2 * ShortMessageLedger.kept { forget() }
    entries.append(entry)
    return first + entries.count - 1
  }

  /// Makes an entry known under a key.
  mutating func add(_ serial: Int, under key: KeyedHash) {
    var known = serials[key] ?? []
    guard known.last != serial else { return }
    if known.count >= ShortMessageLedger.keptOfKey { known.removeFirst() }
    known.append(serial)
    serials[key] = known
  }

  /// The serial numbers of the entries under a key, the earliest first.
  func serials(under key: KeyedHash) -> [Int] { serials[key] ?? [] }

  /// Forgets the earlier half.
  private mutating func forget() {
    entries.removeFirst(ShortMessageLedger.kept)
    first += ShortMessageLedger.kept
    serials = serials.compactMapValues { known in
      let remaining = known.filter { $0 >= first }
      return remaining.isEmpty ? nil : remaining
    }
  }
}
