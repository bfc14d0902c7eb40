import CaptureFacts
import DiameterMessages
import MediaStreams
import SIPMessages
import SubscriberTimelines

/// What dissection hands to the timelines, in order, collected so that the two may run apart. Its storage, that of the
/// messages included, is used again: nothing is allocated for a message. A value that is moved and never shared, so that
/// no access to it is checked while the program runs.
struct CorrelationBatch {
  /// How many messages are handed over together between threads: some hundred, so that waiting for each other is rare.
  static let messageLimit = 256

  /// How many steps are handed over together, packets without a message counted.
  static let stepLimit = 8192

  /// What comes next; all but the time is the next element of the array for its kind.
  enum Step {
    case sip
    case diameter
    case repetition
    case event
    case health
    case media
    /// Packet time moves on, and what is complete by then is handed on.
    case time(Timestamp)
  }

  /// Further frames that carried a message, or a part of it.
  struct Repetition {
    var message: MessageNumber
    var frames: [FrameReference]
    var time: Timestamp
    /// Where a copy was seen; nil where that was counted with another part of the message.
    var point: CapturePointHandle?
  }

  private(set) var steps: [Step] = []
  /// Places for messages; the first, as many as there are numbers, hold one.
  private(set) var sip: [Observed<SIPMessage>] = []
  private(set) var sipNumbers: [MessageNumber?] = []
  private(set) var sipKeys: [SIPMessageKeys] = []
  /// Places for messages; the first, as many as there are numbers, hold one.
  private(set) var diameter: [Observed<DiameterMessage>] = []
  private(set) var diameterNumbers: [MessageNumber?] = []
  private(set) var repetitions: [Repetition] = []
  private(set) var events: [TransportEvent] = []
  private(set) var health: [SCTPAssociationHealth] = []
  private(set) var media: [ObservedMediaStream] = []

  /// How many messages it holds.
  var messageCount: Int { sipNumbers.count + diameterNumbers.count }

  /// Whether it is worth handing over to another thread: it holds `messages` messages, or many steps.
  func isFull(at messages: Int) -> Bool {
    messageCount >= messages || steps.count >= CorrelationBatch.stepLimit
  }

  /// Takes a message, and gives the place of an earlier one for it.
  mutating func add(_ message: inout Observed<SIPMessage>, _ keys: SIPMessageKeys, _ number: MessageNumber?) {
    let place = sipNumbers.count
    if place == sip.count { sip.append(Observed(placeFor: SIPMessage())) }
    swap(&sip[place], &message)
    sipNumbers.append(number)
    sipKeys.append(keys)
    steps.append(.sip)
  }

  /// Takes a message, and gives the place of an earlier one for it.
  mutating func add(_ message: inout Observed<DiameterMessage>, _ number: MessageNumber?) {
    let place = diameterNumbers.count
    if place == diameter.count { diameter.append(Observed(placeFor: DiameterMessage())) }
    swap(&diameter[place], &message)
    diameterNumbers.append(number)
    steps.append(.diameter)
  }

  /// Takes out the message at a place, and leaves another there.
  mutating func exchange(sip place: Int, _ message: inout Observed<SIPMessage>) { swap(&sip[place], &message) }

  /// Takes out the message at a place, and leaves another there.
  mutating func exchange(diameter place: Int, _ message: inout Observed<DiameterMessage>) {
    swap(&diameter[place], &message)
  }

  mutating func add(_ repetition: Repetition) {
    repetitions.append(repetition)
    steps.append(.repetition)
  }

  mutating func add(_ event: TransportEvent) {
    events.append(event)
    steps.append(.event)
  }

  mutating func add(_ health: SCTPAssociationHealth) {
    self.health.append(health)
    steps.append(.health)
  }

  mutating func add(_ stream: ObservedMediaStream) {
    media.append(stream)
    steps.append(.media)
  }

  /// Notes that a frame of this time was done.
  mutating func add(_ time: Timestamp) { steps.append(.time(time)) }

  /// Whether something was added since the last frame was done.
  var isAmidFrame: Bool {
    switch steps.last {
    case nil, .time: false
    default: true
    }
  }

  /// Whether it holds nothing.
  var isEmpty: Bool { steps.isEmpty }

  /// Empties it; the places of messages stay.
  mutating func clear() {
    steps.removeAll(keepingCapacity: true)
    sipNumbers.removeAll(keepingCapacity: true)
    sipKeys.removeAll(keepingCapacity: true)
    diameterNumbers.removeAll(keepingCapacity: true)
    if !repetitions.isEmpty { repetitions.removeAll(keepingCapacity: true) }
    if !events.isEmpty { events.removeAll(keepingCapacity: true) }
    if !health.isEmpty { health.removeAll(keepingCapacity: true) }
    if !media.isEmpty { media.removeAll(keepingCapacity: true) }
  }
}
