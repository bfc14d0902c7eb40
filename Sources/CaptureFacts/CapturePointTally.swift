/// At which points the messages of a record were seen, and how many at each. One point, the usual case, needs no
/// allocation.
public struct CapturePointTally: Hashable, Sendable {
  /// What was seen at one point.
  public struct Entry: Hashable, Sendable {
    /// The point.
    public var point: CapturePointHandle
    /// Messages that were seen there first, retransmissions among them.
    public var messages: UInt32
    /// Messages that were seen there once more, after another point or the same showed them.
    public var copies: UInt32
  }

  /// How many points are told apart for one record: a message passes fewer taps, and what moves between tunnels for
  /// days must not fill the memory. What is seen at further ones counts for the last.
  public static let distinctPoints = 16

  private var first = Entry(point: .first, messages: 0, copies: 0)
  private var others: [Entry] = []

  /// Nothing was seen.
  public init() {}

  /// The points in the order in which they were first seen by the capture; empty where no message was seen.
  public var entries: [Entry] {
    guard first.messages | first.copies != 0 else { return [] }
    return ([first] + others).sorted { $0.point < $1.point }
  }

  /// Counts a message that was not seen before.
  public mutating func countMessage(at point: CapturePointHandle) {
    add(Entry(point: point, messages: 1, copies: 0))
  }

  /// Counts a further sight of a message.
  public mutating func countCopy(at point: CapturePointHandle) {
    add(Entry(point: point, messages: 0, copies: 1))
  }

  /// Adds what was counted elsewhere.
  public mutating func merge(_ other: CapturePointTally) {
    for entry in other.entries { add(entry) }
  }

  private mutating func add(_ entry: Entry) {
    if first.messages | first.copies == 0 {
      first = entry
    } else if first.point == entry.point {
      first.add(entry)
    } else if let place = others.firstIndex(where: { $0.point == entry.point }) {
      others[place].add(entry)
    } else if others.count < CapturePointTally.distinctPoints - 1 {
      others.append(entry)
    } else {
      others[others.count - 1].add(entry)
    }
  }
}

extension CapturePointTally.Entry {
  fileprivate mutating func add(_ other: Self) {
    messages &+= other.messages
    copies &+= other.copies
  }
}
