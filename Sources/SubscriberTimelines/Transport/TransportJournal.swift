import CaptureFacts

/// What the transport showed lately, by the address of the host that wanted something: the evidence for why a message did
/// not get on. Two generations, so that what is old goes without a search.
struct TransportJournal {
  /// How long an event is of use: a record is completed this long after what it waited for.
  static let memory: Int64 = SubscriberTimelines.challengeBound

  /// How many hosts are remembered in each half of that time: the nodes of a network, and of its users those in trouble.
  static let keptHosts = 4096

  /// How many events are kept of one host, the latest: a record looks for the one that stopped it.
  static let keptEvents = 16

  /// Events that had to go before their time was over.
  private(set) var evicted: UInt64 = 0

  private var recent: [IPAddress: [TransportEvent]] = [:]
  private var older: [IPAddress: [TransportEvent]] = [:]
  private var turned: Timestamp?

  /// Keeps an event.
  mutating func note(_ event: TransportEvent) {
    let age = event.time.nanoseconds(since: turned ?? event.time)
    if turned == nil { turned = event.time }
    if recent.count >= TransportJournal.keptHosts || age > TransportJournal.memory / 2 {
      if age <= TransportJournal.memory / 2 { evicted += UInt64(older.count) }
      older = recent
      recent = [:]
      turned = event.time
    }
    let host = event.flow.source.address
    if recent[host, default: []].count >= TransportJournal.keptEvents { recent[host]?.removeFirst() }
    recent[host, default: []].append(event)
  }

  /// The events of one host, those that came first in front.
  func events(of host: IPAddress) -> [TransportEvent] {
    (older[host] ?? []) + (recent[host] ?? [])
  }

  /// Whether nothing is remembered.
  var isEmpty: Bool { recent.isEmpty && older.isEmpty }
}
