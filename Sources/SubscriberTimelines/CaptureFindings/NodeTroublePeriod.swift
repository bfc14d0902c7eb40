import CaptureFacts

/// What a rule about nodes has counted from the first event that speaks for it to the last.
struct NodeTroublePeriod {
  /// How many frames are kept from its beginning, and from its end.
  static let keptFrames = 4

  /// The node that asked; nil where several did.
  private(set) var asker: NodeHandle?
  /// The node that was asked.
  let asked: NodeHandle
  /// When the first event was that counts.
  private(set) var first: Timestamp
  /// When the last one was.
  private(set) var last: Timestamp
  /// Events that count.
  private(set) var count = 0
  /// Events that belong to it and do not count, up to the last one that counts.
  private(set) var others = 0
  private var othersSinceLast = 0
  /// Requests sent once more.
  private(set) var repetitions = 0
  /// Whether the asked node had answered before.
  private(set) var wasAnswered = false
  /// When the asked node was heard of again; nil while it was not.
  private(set) var endTime: Timestamp?
  /// The seconds of Retry-After, least and greatest; nil without one.
  private(set) var retryAfter: ClosedRange<UInt32>?
  /// The greatest reduction that was asked for, in percent; 0 for none.
  private(set) var reduction: UInt32 = 0
  /// Answers of SIP among those that count.
  private(set) var statuses = 0
  private var firstFrames: [FrameReference] = []
  private var lastFrame: FrameReference?

  init(_ event: NodeEvent) {
    asker = event.asker
    asked = event.asked
    first = event.time
    last = event.time
  }

  /// The frames that prove it: the first ones and the last.
  var frames: [FrameReference?] { firstFrames + [lastFrame] }

  /// All events that belong to it.
  var total: Int { count + others }

  /// From the first event to the last, or to the end of it.
  func duration(at now: Timestamp) -> Int64 { max(0, (endTime ?? now).nanoseconds(since: first)) }

  /// Adds an event that counts.
  mutating func add(_ event: NodeEvent) {
    if count == 0 {
      first = event.time
      asker = event.asker
    }
    if asker != event.asker { asker = nil }
    last = max(last, event.time)
    count += 1
    others += othersSinceLast
    othersSinceLast = 0
    if firstFrames.count < NodeTroublePeriod.keptFrames {
      firstFrames.append(event.frame)
    } else {
      lastFrame = event.frame
    }
    switch event.kind {
    case .status(_, _, let seconds):
      statuses += 1
      guard let seconds else { return }
      let known = retryAfter ?? seconds...seconds
      retryAfter = min(known.lowerBound, seconds)...max(known.upperBound, seconds)
    case .result(_, _, let percent): reduction = max(reduction, percent ?? 0)
    default: return
    }
  }

  /// Adds an event that belongs to it and does not count, where it has begun.
  mutating func addBeside(_ event: NodeEvent) {
    guard count > 0 else { return }
    if case .repeatedRequest = event.kind { repetitions += 1 } else { othersSinceLast += 1 }
  }

  /// Ends it: the asked node was heard of. Returns what was counted, where that is as many events as `fewest`.
  mutating func end(at time: Timestamp, fewest: Int) -> NodeTroublePeriod? {
    defer { wasAnswered = true }
    guard count > 0 else { return nil }
    var ended = count >= fewest ? self : nil
    ended?.endTime = time
    reset(at: time)
    return ended
  }

  /// Begins anew with nothing counted; what was answered before stays known.
  mutating func reset(at time: Timestamp) {
    guard count > 0 else { return }
    (first, last, endTime) = (time, time, nil)
    (count, others, othersSinceLast, repetitions, statuses) = (0, 0, 0, 0, 0)
    (retryAfter, reduction) = (nil, 0)
    firstFrames.removeAll(keepingCapacity: true)
    lastFrame = nil
  }
}
