/// A table whose places are used again: what is open is found by its place, without a look-up.
struct SlotTable<Element> {
  private(set) var elements: [Element?] = []
  private var free: [Int] = []
  /// Counts how often a place was used, so that a reference to what was there before is known to be stale.
  private(set) var generations: [UInt32] = []

  /// The number of elements in the table.
  var count: Int { elements.count - free.count }

  /// Adds an element and returns its place.
  mutating func insert(_ element: consuming Element) -> Int {
    if let place = free.popLast() {
      elements[place] = consume element
      return place
    }
    elements.append(consume element)
    generations.append(0)
    return elements.count - 1
  }

  /// Takes the element at `place` out to change it; setting it again brings it back. What is taken out is not copied.
  mutating func takeOut(_ place: Int) -> Element? {
    elements[place].take()
  }

  /// Takes the element at `place` out.
  mutating func remove(at place: Int) -> Element? {
    guard let element = elements[place].take() else { return nil }
    generations[place] &+= 1
    free.append(place)
    return element
  }

  /// The element at `place`, read and changed where it is: an open record is hundreds of bytes with dozens of references.
  subscript(place: Int) -> Element? {
    // Addresses in place of coroutines: what one yields is copied to be looked at, and the frame of one that changes is
    // allocated for each access. The access to the table lasts as long as that to the element, so its storage stays where
    // it is.
    @inline(__always) unsafeAddress {
      precondition(place >= 0 && place < elements.count)
      return unsafe elements.withUnsafeBufferPointer { unsafe $0.baseAddress.unsafelyUnwrapped + place }
    }
    @inline(__always) unsafeMutableAddress {
      precondition(place >= 0 && place < elements.count)
      return unsafe elements.withUnsafeMutableBufferPointer { unsafe $0.baseAddress.unsafelyUnwrapped + place }
    }
  }
}
