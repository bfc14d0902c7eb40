import ByteReading
import CaptureFacts

/// Payloads that could not be opened yet, in the order in which they came, in a ring of bounded size. `Origin` is what the
/// owner needs to go on with one that is opened after all.
public struct HeldPayloads<Origin> {
  /// A payload that was given up, and why.
  public typealias GivenUp = (origin: Origin, name: AssociationName, reason: NotOpenedReason)

  private struct Entry {
    var origin: Origin
    var name: AssociationName
    var time: Timestamp
    var bytes: Range<Int>
    var reason: NotOpenedReason
    /// The number of the next payload of the same association; 0 while there is none.
    var next: UInt64 = 0
    var isOpened = false
  }

  private let limits: (bytes: Int, packets: Int, nanoseconds: Int64)
  /// The bytes, in a ring that grows to its bound.
  private var arena: [UInt8] = []
  /// The payload number `n` is at `n % packets`.
  private var entries: [Entry?] = []
  private var chains: [AssociationName: (first: UInt64, last: UInt64)] = [:]
  /// The number of the oldest payload, and the next number to give. Numbers begin with 1.
  private var oldest: UInt64 = 1
  private var next: UInt64 = 1

  /// When `expire` has something to do next, unless more payloads come. Every packet asks for it.
  public private(set) var nextDue = Timestamp(nanoseconds: .max)

  /// Holds nothing.
  public init() {
    self.init(limits: (HoldingLimits.bytes, HoldingLimits.packets, HoldingLimits.nanoseconds))
  }

  init(limits: (bytes: Int, packets: Int, nanoseconds: Int64)) {
    self.limits = limits
  }

  /// How many payloads wait, those counted that were opened and not passed over yet.
  public var count: Int { Int(next - oldest) }

  /// Keeps a payload. Those that have to go, because they are too old or to make room, are added to `givenUp`.
  public mutating func hold(
    _ payload: RawSpan, _ name: AssociationName, _ origin: Origin, _ reason: NotOpenedReason, at time: Timestamp,
    givingUp givenUp: inout [GivenUp]
  ) {
    expire(before: time, givingUp: &givenUp)
    guard payload.byteCount <= limits.bytes else {
      givenUp.append((origin, name, reason))
      return
    }
    if count == limits.packets { removeOldest(isForRoom: true, &givenUp) }
    var place = place(for: payload.byteCount)
    while place == nil {
      removeOldest(isForRoom: true, &givenUp)
      place = self.place(for: payload.byteCount)
    }
    let start = place ?? 0
    let end = start + payload.byteCount
    if arena.count < end { arena.append(contentsOf: repeatElement(0, count: end - arena.count)) }
    arena.overwrite(at: start, with: payload, in: 0..<payload.byteCount)
    while entries.count <= slot(next) { entries.append(nil) }
    entries[slot(next)] = Entry(
      origin: origin, name: name, time: time, bytes: start..<end, reason: reason)
    if let chain = chains[name] {
      entries[slot(chain.last)]?.next = next
      chains[name]?.last = next
    } else {
      chains[name] = (next, next)
    }
    next += 1
    noteDue()
  }

  /// Gives up what is too old.
  public mutating func expire(
    before time: Timestamp, givingUp givenUp: inout [GivenUp]
  ) {
    while oldest < next, time >= nextDue { removeOldest(isForRoom: false, &givenUp) }
  }

  /// Gives up everything.
  public mutating func finish(givingUp givenUp: inout [GivenUp]) {
    while oldest < next { removeOldest(isForRoom: false, &givenUp) }
  }

  /// The numbers of the payloads of an association, oldest first.
  public func numbers(of name: AssociationName) -> [UInt64] {
    var numbers: [UInt64] = []
    var number = chains[name]?.first ?? 0
    while number != 0, let entry = entries[slot(number)] {
      if !entry.isOpened { numbers.append(number) }
      number = entry.next
    }
    return numbers
  }

  /// A copy of the payload of this number.
  public func payload(_ number: UInt64) -> (bytes: [UInt8], origin: Origin)? {
    guard number >= oldest, number < next, let entry = entries[slot(number)] else { return nil }
    return (arena.rawSpan.copied(entry.bytes), entry.origin)
  }

  /// The payload of this number was opened: it need not wait any more.
  public mutating func markOpened(_ number: UInt64) {
    guard number >= oldest, number < next else { return }
    entries[slot(number)]?.isOpened = true
    noteDue()
  }

  /// The payload of this number was tried again and stays closed.
  public mutating func note(_ reason: NotOpenedReason, of number: UInt64) {
    guard number >= oldest, number < next else { return }
    entries[slot(number)]?.reason = reason
  }

  // MARK: - The ring

  private func slot(_ number: UInt64) -> Int { Int(number % UInt64(limits.packets)) }

  /// Where so many bytes are free; nil where the oldest have to go first.
  private func place(for count: Int) -> Int? {
    guard oldest < next, let first = entries[slot(oldest)], let last = entries[slot(next - 1)] else { return 0 }
    let (start, end) = (first.bytes.lowerBound, last.bytes.upperBound)
    if start < end || (start == end && first.bytes.isEmpty) {
      if limits.bytes - end >= count { return end }
      return start >= count ? 0 : nil
    }
    return start - end >= count ? end : nil
  }

  private mutating func noteDue() {
    guard oldest < next, let entry = entries[slot(oldest)] else {
      nextDue = Timestamp(nanoseconds: .max)
      return
    }
    nextDue =
      entry.isOpened ? Timestamp(nanoseconds: .min) : entry.time.advanced(byNanoseconds: limits.nanoseconds &+ 1)
  }

  private mutating func removeOldest(
    isForRoom: Bool, _ givenUp: inout [GivenUp]
  ) {
    guard oldest < next, let entry = entries[slot(oldest)].take() else { return }
    if entry.next == 0 {
      chains[entry.name] = nil
    } else {
      chains[entry.name]?.first = entry.next
    }
    oldest += 1
    noteDue()
    guard !entry.isOpened else { return }
    // What had keys would not have been opened with more of time either.
    givenUp.append(
      (entry.origin, entry.name, isForRoom && entry.reason == .noKeys ? .windowExceeded : entry.reason))
  }
}
