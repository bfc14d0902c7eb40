import CaptureAnalysis
import Glibc

/// One line on the terminal that is written over, for a user who waits: how much was read, how fast, and how long it will
/// take. Where the size of the input is not known, the packets so far.
struct ProgressLine {
  /// How often the line is written at most, in seconds.
  private static let interval = 0.2
  private static let barColumns = 24

  private let isShown: Bool
  private let start = ProgressLine.now
  private var last = 0.0
  private var isDirty = false

  init(isShown: Bool) {
    self.isShown = isShown
  }

  mutating func show(_ progress: AnalysisProgress) {
    let now = ProgressLine.now
    guard isShown, now - last >= ProgressLine.interval else { return }
    last = now
    isDirty = true
    StandardError.write("\r" + ProgressLine.text(progress, after: now - start) + "\u{1b}[K")
  }

  mutating func clear() {
    if isDirty { StandardError.write("\r\u{1b}[K") }
    isDirty = false
  }

  /// `[#########...............]  38 %, 120000 packets, 61000/s, 3 s left`.
  static func text(_ progress: AnalysisProgress, after seconds: Double) -> String {
    var words = ["\(progress.frames) packets"]
    if seconds > 0 { words.append("\(Int(Double(progress.frames) / seconds))/s") }
    if progress.dropped > 0 { words.append("\(progress.dropped) dropped") }
    guard let part = progress.part else { return words.joined(separator: ", ") }
    if part > 0, seconds > 0 {
      let left = Int((seconds / part * (1 - part)).rounded(.up))
      words.append(left < 60 ? "\(left) s left" : "\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left")
    }
    let filled = Int(part * Double(barColumns))
    let percent = String(Int(part * 100))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: barColumns - filled)
    return "[\(bar)] " + String(repeating: " ", count: max(0, 3 - percent.count)) + percent + " %, "
      + words.joined(separator: ", ")
  }

  private static var now: Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
