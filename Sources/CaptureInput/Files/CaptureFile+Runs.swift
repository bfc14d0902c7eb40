import ByteReading
import CaptureFacts

extension CaptureFile {
  /// How the frames behind the one that the file stands at can follow it in a run; nil where they are to be read one by
  /// one.
  private var layoutOfRun: FrameRun.Layout? {
    if isBigEndian { return nil }
    switch layout {
    case .records(let record):
      guard record.headerLength == 16, case .capturedFirst = record.lengthOrder else { return nil }
      return .records(nanosecondsPerUnit: record.nanosecondsPerUnit)
    case .blocks:
      let number = head.interface - sectionStart
      guard number >= 0, let unit = clocks[head.interface].resolution.nanosecondsPerTick else { return nil }
      return .blocks(
        interface: UInt32(truncatingIfNeeded: number), nanosecondsPerTick: unit,
        greatestTick: UInt64(Int64.max) / unit)
    }
  }

  /// The frames behind the one that the file stands at, `before`, as far as they lie in the window, whose bytes `window`
  /// are.
  @_lifetime(copy window)
  func run(in window: RawSpan, behind before: FrameReference) -> FrameRun {
    guard let layout = layoutOfRun else { return FrameRun.empty }
    return FrameRun(
      window, from: recordLength, layout, after: before, at: lastTimeOfClock, linkType: head.linkType)
  }

  /// What the clock of the frame that the file stands at showed at last.
  private var lastTimeOfClock: Int64 {
    switch layout {
    case .records: lastTime
    case .blocks: clocks[head.interface].lastTime
    }
  }

  /// Moves behind the frames that were passed of a run.
  mutating func take(_ passage: FramePassage) {
    buffer.drop(passage.length)
    recordLength = 0
    lastTime = passage.lastTime
    if case .blocks = layout { clocks[head.interface].lastTime = passage.lastTime }
    summary.frames &+= passage.count
    summary.select(passage)
  }
}
