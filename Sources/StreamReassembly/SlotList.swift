/// Links for lists threaded through the slots of a table: a slot is appended and removed at constant cost, so a list
/// kept in order of time gives what is due, or idle longest, without a search. Eight bytes for each slot.
struct SlotList: Sendable {
  /// No slot.
  static let none = UInt32.max

  /// The ends of one list. A slot is in at most one list of the same links.
  struct Ends: Sendable {
    fileprivate(set) var first = SlotList.none
    fileprivate(set) var last = SlotList.none
  }

  private struct Links {
    var previous = SlotList.none
    var following = SlotList.none
  }

  private var links: [Links] = []

  /// The bytes of links for each slot.
  static var bytesPerSlot: Int { MemoryLayout<Links>.stride }

  /// How many slots have links.
  var count: Int { links.count }

  /// Adds links for one slot more.
  mutating func addSlot() {
    links.append(Links())
  }

  /// The slot behind `slot` in its list.
  func following(_ slot: UInt32) -> UInt32 {
    links[Int(slot)].following
  }

  /// Puts `slot`, in no list now, at the end of the list.
  mutating func append(_ slot: UInt32, to ends: inout Ends) {
    links[Int(slot)] = Links(previous: ends.last, following: SlotList.none)
    if ends.last == SlotList.none {
      ends.first = slot
    } else {
      links[Int(ends.last)].following = slot
    }
    ends.last = slot
  }

  /// Takes `slot` out of the list that it is in.
  mutating func remove(_ slot: UInt32, from ends: inout Ends) {
    let link = links[Int(slot)]
    if link.previous == SlotList.none {
      ends.first = link.following
    } else {
      links[Int(link.previous)].following = link.following
    }
    if link.following == SlotList.none {
      ends.last = link.previous
    } else {
      links[Int(link.following)].previous = link.previous
    }
    links[Int(slot)] = Links()
  }
}
