/// One line on the terminal that is written over, for a user who waits.
struct ProgressLine {
  private let isShown: Bool
  private var isDirty = false

  init(isShown: Bool) {
    self.isShown = isShown
  }

  mutating func show(packets: UInt64, dropped: UInt64) {
    guard isShown else { return }
    isDirty = true
    StandardError.write("\r\(packets) packets" + (dropped > 0 ? ", \(dropped) dropped" : ""))
  }

  mutating func clear() {
    if isDirty { StandardError.write("\r\u{1b}[K") }
    isDirty = false
  }
}
