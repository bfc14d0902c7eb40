/// A table whose places are used again: what is open is found by its place, without a look-up.
struct SlotTable<Element> {
  private(set) var elements: [Element?] = []
  private var free: [Int] = []
  /// Counts how often a place was used, so that a reference to what was there before is known to be stale.
  private(set) var generations: [UInt32] = []

  /// The number of elements in the table.
  var count: Int { elements.count - free.count }

  /// Adds an element and returns its place.
  mutating func insert(_ element: Element) -> Int {
    if let place = free.popLast() {
      elements[place] = element
      return place
    }
    elements.append(element)
    generations.append(0)
    return elements.count - 1
  }

  /// Takes the element at `place` out.
  mutating func remove(at place: Int) -> Element? {
    guard let element = elements[place] else { return nil }
    elements[place] = nil
    generations[place] &+= 1
    free.append(place)
    return element
  }

  subscript(place: Int) -> Element? {
    get { elements[place] }
    _modify { yield &elements[place] }
  }
}
