import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages

/// Joins messages into registrations, calls, messaging and subscribers, across hops and protocols. Messages go in as the
/// capture shows them; records come out, each once, as soon as they are complete.
public struct SubscriberTimelines {
  /// How long after its last event a record is complete: 64*T1 (RFC 3261 section 17.1.1.2), the life of a transaction.
  static let linger: Int64 = 32_000_000_000

  /// How long a request may wait once it rings: timer C (RFC 3261 section 16.6) is more than three minutes.
  static let ringingBound: Int64 = 200_000_000_000

  /// How long a challenged registration waits for the UE: an S-CSCF gives up after reg-await-auth, 4 minutes (TS 24.229
  /// table 7.8.1), and then tells the HSS.
  static let challengeBound: Int64 = 250_000_000_000

  /// How many times a request is sent again before its silence counts as no answer: at T1 = 500 ms this takes 3.5 to 7.5
  /// seconds (RFC 3261 section 17.1).
  static let silentRetransmissions = 4

  /// How far the clocks of two capture points may be apart for an exchange seen at one of them still to belong to a
  /// request seen at the other.
  static let clockTolerance: Int64 = 1_000_000_000

  /// How long an answer over Diameter may take before the end of the capture says that it is missing: the Tx timer
  /// that credit control recommends (RFC 4006 section 13); other applications name none.
  static let diameterBound: Int64 = 10_000_000_000

  /// How many records may be open at once. Beyond it the one that was opened first is closed as it stands.
  static let openRecords = 1 << 20

  /// All nodes seen so far.
  public internal(set) var nodes: NodeDirectory
  /// All subscribers seen so far.
  public internal(set) var subscribers: SubscriberDirectory
  /// SIP messages, copies and retransmissions not counted.
  public internal(set) var sipMessages: UInt64 = 0
  /// Diameter messages, copies and retransmissions not counted.
  public internal(set) var diameterMessages: UInt64 = 0
  /// Streams of media.
  public internal(set) var mediaStreams: UInt64 = 0
  /// Streams of media that belong to no call.
  public internal(set) var mediaStreamsUnplaced: UInt64 = 0
  /// Exchanges about a subscriber that found no place.
  public internal(set) var diameterUnplaced: UInt64 = 0
  /// OPTIONS outside of dialogs, which keep paths alive: they are counted and make no record.
  public internal(set) var keepAlives: UInt64 = 0
  /// Those of them that nobody answered.
  public internal(set) var unansweredKeepAlives: UInt64 = 0
  /// What the transport below the messages went through.
  public internal(set) var transport = TransportDirectory()
  /// What had to be let go.
  public internal(set) var anomalies = AnomalyLedger()

  let key: HashKey
  var open = SlotTable<OpenRecord>()
  var index = OpenIndex()
  var exchanges = SlotTable<ExchangeState>()
  /// Exchanges by the key of their two halves.
  var exchangesByKey: [KeyedHash: ExchangeState.Seat] = [:]
  /// Exchanges by what their hops through agents have in common.
  var exchangesByRelay: [KeyedHash: Int] = [:]
  var bindings = BindingTable()
  var closed = ClosedRecords()
  var shortMessages = ShortMessageLedger()
  /// Numbers for session transfer, hashed.
  var transferNumbers: Set<KeyedHash> = []
  var filters = FilterEvaluator()
  var profiles = ServiceProfileCache()
  /// Which S-CSCF and application server speak to each other in the capture.
  var servicePairs: Set<KeyedHash> = []
  let description = ReadDescription()
  let texts: TextTable
  var timers = TimerWheel<Timer>()
  var emitted: [TimelineRecord] = []
  /// Exchanges that found neither a record nor a subscriber, since they were last taken: for statistics.
  var unplaced: [DiameterExchange] = []
  /// The bytes of the bodies that open records keep.
  var bodyBytes = 0
  /// The incidents of the transport that wait to become findings.
  var unreported: Set<Int> = []
  /// The incidents that are told together, for a host had too many: the first of them, and how many they are.
  var crowd: (rule: String, frames: [FrameReference], time: Timestamp, count: Int)?
  /// What nodes go through that no single record shows.
  var troubles: NodeTroubleTable
  /// What is known of the clocks of the capture stations.
  var clocks = ClockTable()
  /// The latest attempts of each UE to register.
  var registrationRuns = RegistrationRunTable()
  /// Frames of the transport that causes of records name.
  var citedFrames: Set<FrameReference> = []
  /// The latest time seen.
  var now = Timestamp(nanoseconds: .min)

  /// What a timer calls up.
  enum Timer {
    /// The record at this place, of this generation.
    case record(Int, UInt32)
    /// The exchange at this place, of this generation.
    case exchange(Int, UInt32)
    /// The incident at this place.
    case incident(Int)
    /// One end of the Diameter connection at this place.
    case peer(Int, DiameterPeerState.Side)
  }

  /// Begins with nothing seen. `key` is what texts are hashed under; results do not depend on it. `names` is what the user
  /// says of nodes, `countryCode` that of national numbers.
  public init(key: HashKey = HashKey(), names: NodeNames = NodeNames(), countryCode: String? = nil) {
    self.key = key
    troubles = NodeTroubleTable(key: key)
    texts = TextTable(key: key)
    nodes = NodeDirectory(key: key, names: names)
    subscribers = SubscriberDirectory(key: key, countryCode: countryCode)
  }

  /// Whether records were completed, or exchanges found no place, since the last call of the two below.
  public var hasCompleted: Bool { !emitted.isEmpty || !unplaced.isEmpty }

  /// The records that were completed since the last call, in order.
  public mutating func takeRecords() -> [TimelineRecord] {
    defer { emitted = [] }
    return emitted
  }

  /// The exchanges that found no place since the last call, in order.
  public mutating func takeUnplaced() -> [DiameterExchange] {
    defer { unplaced = [] }
    return unplaced
  }

  /// The tick of 2^30 ns that a moment lies in: within one, moving packet time on completes nothing.
  @inlinable
  public static func tick(of time: Timestamp) -> Int64 {
    time.nanoseconds >> 30
  }

  /// The moments of the tick that `time` lies in, up to the end, which is not one of them.
  public static func times(inTickOf time: Timestamp) -> (start: Timestamp, end: Timestamp) {
    let start = Timestamp(nanoseconds: tick(of: time) << 30)
    return (start, start.advanced(byNanoseconds: 1 << 30))
  }

  /// Moves packet time on: what was due by then is completed.
  public mutating func advance(to time: Timestamp) {
    guard time > now else { return }
    now = time
    transport.now = time
    for timer in timers.advance(to: time) {
      switch timer {
      case .record(let place, let generation):
        if open.generations[place] == generation { closeIfDue(record: place) }
      case .exchange(let place, let generation):
        if exchanges.generations[place] == generation { closeIfDue(exchange: place) }
      case .incident(let place): report(incident: place)
      case .peer(let place, let side): reportIfSilent(peer: place, side)
      }
    }
  }

  /// Ends the input: everything open is completed as it stands, in the order in which it began. `handOn` is called after
  /// each, to take what was completed: together the records of all that is open would fill the memory.
  public mutating func finish(handingOn handOn: (inout SubscriberTimelines) -> Void = { _ in }) {
    let records = open.elements.indices
      .filter { open.elements[$0] != nil }
      .sorted { (open[$0]?.trail.start ?? now, $0) < (open[$1]?.trail.start ?? now, $1) }
    // Exchanges first: one that was waiting for its record may find it now.
    for place in exchanges.elements.indices where exchanges.elements[place]?.record == nil {
      if exchanges.elements[place] != nil { close(exchange: place) }
    }
    for place in records {
      close(record: place, atEnd: true)
      handOn(&self)
    }
    subscribers.expireBindings(before: now)
    finishNodeTroubles()
    finishRegistrationRuns()
    finishClocks()
    finishTransport()
    handOn(&self)
  }
}
