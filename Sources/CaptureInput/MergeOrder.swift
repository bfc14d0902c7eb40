/// Which of several files has the earliest next frame: a binary heap over the times of their next frames.
struct MergeOrder {
  private struct Next {
    var time: Int64
    var file: Int

    /// Equal times keep the order of the files, so that the merge is stable.
    func precedes(_ other: Next) -> Bool {
      time < other.time || (time == other.time && file < other.file)
    }
  }

  private var heap: [Next] = []

  /// An empty order with room for this many files.
  init(capacity: Int) {
    heap.reserveCapacity(capacity)
  }

  /// The file whose frame is next; nil when all are at their end.
  var first: Int? { heap.first?.file }

  /// Adds a file whose next frame has this time.
  mutating func insert(_ file: Int, at time: Int64) {
    heap.append(Next(time: time, file: file))
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The first file moved on to a frame of this time.
  mutating func replaceFirst(time: Int64) {
    heap[0].time = time
    sink()
  }

  /// The first file is at its end.
  mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    if !heap.isEmpty { sink() }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].precedes(heap[least]) {
        least = child
      }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
