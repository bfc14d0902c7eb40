import CaptureFacts
import StreamReassembly

/// The messages that streams delivered last, and which of their bytes they were: the frames that show those bytes once
/// more belong to them.
struct RecentMessages {
  /// How many are kept: at 10,000 messages a second those of 100 ms, within which taps of one capture see the same
  /// segment.
  static let capacity = 1024

  private struct Entry {
    var stream: StreamIdentifier
    var transport: TransportProtocol
    var start: UInt32
    var count: UInt32
    var number: MessageNumber?
  }

  private var entries: [Entry] = []
  private var newest = -1

  /// Keeps a message: `count` bytes of TCP or chunks of SCTP from `start` on. One without a ticket takes its place too, so
  /// that which others are kept does not depend on what was made of it.
  mutating func note(
    _ number: MessageNumber?, of stream: StreamIdentifier, over transport: TransportProtocol, start: UInt32, count: Int
  ) {
    let entry = Entry(
      stream: stream, transport: transport, start: start, count: UInt32(clamping: count), number: number)
    newest = newest + 1 < RecentMessages.capacity ? newest + 1 : 0
    if newest == entries.count { entries.append(entry) } else { entries[newest] = entry }
  }

  /// The messages that the repeated data are of, the last first, and whether their first byte is among the data.
  func messages(of repeated: RepeatedData) -> [(message: MessageNumber, fromStart: Bool)] {
    var found: [(message: MessageNumber, fromStart: Bool)] = []
    for age in entries.indices {
      let entry = entries[(newest - age + entries.count) % entries.count]
      guard entry.stream == repeated.stream, entry.transport == repeated.transport,
        repeated.overlaps(entry.start, count: Int(entry.count))
      else { continue }
      if let number = entry.number { found.append((number, repeated.holds(entry.start))) }
      // Older messages of the stream lie before this one.
      if !repeated.holds(entry.start &- 1) { break }
    }
    return found
  }
}
