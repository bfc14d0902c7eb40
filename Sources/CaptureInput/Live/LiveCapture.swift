import CaptureFacts
import Glibc

/// Frames from one or several interfaces while they pass. Ends when the user interrupts, or when no interface is left;
/// stopping after a number of frames or a time is up to the caller.
@safe
public struct LiveCapture: CaptureSource, ~Copyable {
  /// How long `step()` waits for a frame at most, in milliseconds.
  private static let tick: Int32 = 1000

  /// How long packets are waited for once the user interrupts, in milliseconds: what came before is in the kernel for up to
  /// the time for which that holds packets back, and a file of -w is to have it.
  private static let lastWait = 2 * LiveInterface.holdBack

  /// How long what came before is read at most, in milliseconds.
  private static let lastReading = 5000

  private var open: [LiveInterface] = []
  /// The capture-wide index of each of `open`.
  private var openIndices: [UInt32] = []
  /// The time of the last frame of each of `open`.
  private var lastTimes: [Int64] = []
  private var turn = 0
  private let isInterrupted: CaptureInterruption
  /// When the user interrupted: by a clock for waiting, and by that of the packets.
  private var interruption: (instant: ContinuousClock.Instant, time: Timestamp)?
  private var nextStatistics = Int64.min

  /// How many frames came.
  public private(set) var frameCount: UInt64 = 0

  /// All interfaces: `CapturedFrame.interface` is an index here.
  public let interfaces: [CaptureInterface]

  /// One entry for the whole capture.
  public private(set) var summaries: [CaptureFileSummary]

  /// Frames cut by the snapshot length and packets dropped, so far.
  public private(set) var anomalies = AnomalyLedger()

  /// What libpcap warned of, and which interfaces ended.
  public var warnings: [CaptureInputFailure] { failures + open.compactMap(\.warningOfGaps) }
  private var failures: [CaptureInputFailure] = []

  /// What the system counted, read once a second and at the end.
  public private(set) var statistics = LiveCaptureStatistics()

  @usableFromInline var reference = FrameReference(number: 0)
  @usableFromInline var time = Timestamp(nanoseconds: 0)
  @usableFromInline var interface: UInt32 = 0
  @usableFromInline var linkType = LinkType(rawValue: 0)
  @usableFromInline var originalLength: UInt32 = 0
  @usableFromInline var frameBytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0)

  /// Opens all interfaces. Throws one sentence for the first that cannot be opened, or for a filter that libpcap does
  /// not understand. `isInterrupted` ends the capture.
  public init(
    _ options: LiveCaptureOptions, isInterrupted: @escaping CaptureInterruption = { false }
  ) throws(CaptureInputFailure) {
    guard !options.interfaces.isEmpty else {
      throw CaptureInputFailure(input: "live", message: "no interface is named; name one with -i, list them with -D")
    }
    for (index, name) in options.interfaces.enumerated() {
      // Packets that the kernel holds back on one interface would come after later ones of another.
      let interface = try LiveInterface(name, options: options, isImmediate: options.interfaces.count > 1)
      open.append(interface)
      openIndices.append(UInt32(truncatingIfNeeded: index))
      lastTimes.append(.min)
      if let warning = interface.warning { failures.append(CaptureInputFailure(input: name, message: warning)) }
    }
    interfaces = open.map {
      CaptureInterface(name: $0.name, linkType: $0.linkType, snapLength: UInt32(clamping: options.snapLength))
    }
    summaries = [
      CaptureFileSummary(
        name: options.interfaces.joined(separator: ", "), format: nil, frames: 0, framesSelected: 0, bytes: 0,
        firstTime: nil, lastTime: nil, interfaces: interfaces, isDamaged: false)
    ]
    self.isInterrupted = isInterrupted
  }

  /// Moves to the next frame, however long that takes; false at the end.
  public mutating func advance() -> Bool {
    while true {
      switch step() {
      case .frame: return true
      case .idle: continue
      case .end: return false
      }
    }
  }

  /// Moves to the next frame, or says after a second that none came.
  public mutating func step() -> CaptureStep {
    while !isOver(after: LiveCapture.lastReading) {
      for _ in 0..<open.count where takeNext() { return .frame }
      if open.isEmpty { return .end }
      if isOver(after: Int(LiveCapture.lastWait)) { break }
      readStatistics()
      if !waitForFrames(), !isInterrupted() { return .idle }
    }
    readStatistics()
    return .end
  }

  /// Whether the user interrupted so long ago, or what comes now is later than that.
  private mutating func isOver(after milliseconds: Int) -> Bool {
    guard isInterrupted() else { return false }
    let now = ContinuousClock.now
    guard let interruption else {
      var clock = timespec()
      unsafe clock_gettime(CLOCK_REALTIME, &clock)
      interruption = (now, Timestamp(nanoseconds: Int64(clock.tv_sec) * 1_000_000_000 + Int64(clock.tv_nsec)))
      return false
    }
    return time > interruption.time || now - interruption.instant >= .milliseconds(milliseconds)
  }

  /// The frame that `advance()` or `step()` moved to.
  public var frame: CapturedFrame {
    @inlinable @_lifetime(borrow self) borrowing get {
      let span = unsafe RawSpan(_unsafeBytes: frameBytes)
      let bytes = unsafe _overrideLifetime(span, borrowing: self)
      return CapturedFrame(
        reference: reference, time: time, interface: interface, linkType: linkType, originalLength: originalLength,
        bytes: bytes)
    }
  }

  /// Asks the interface whose turn it is; the turn passes on where it has nothing.
  private mutating func takeNext() -> Bool {
    guard !open.isEmpty else { return false }
    if turn >= open.count { turn = 0 }
    let source = open[turn]
    do throws(CaptureInputFailure) {
      guard let packet = try source.next() else {
        turn += 1
        return false
      }
      take(packet, of: source)
      return true
    } catch {
      // What goes away for good goes down before.
      if source.timesDown > 0 { source.timesDown -= 1 }
      if let gaps = source.warningOfGaps { failures.append(gaps) }
      failures.append(error)
      open.remove(at: turn)
      openIndices.remove(at: turn)
      lastTimes.remove(at: turn)
      return false
    }
  }

  private mutating func take(_ packet: LiveInterface.Packet, of source: LiveInterface) {
    frameCount &+= 1
    reference = FrameReference(number: frameCount)
    time = Timestamp(nanoseconds: packet.time)
    interface = openIndices[turn]
    linkType = source.linkType
    originalLength = packet.originalLength
    unsafe frameBytes = packet.bytes
    var head = FrameHead()
    head.time = packet.time
    head.original = packet.originalLength
    summaries[0].frames = frameCount
    summaries[0].select(head)
    let kept = UInt32(clamping: unsafe packet.bytes.count)
    if kept < originalLength {
      anomalies.record(.frameCutBySnapLength, at: .captureFile, frame: reference, detail: originalLength - kept)
    }
    if packet.time < lastTimes[turn] {
      let milliseconds = (lastTimes[turn] - packet.time) / 1_000_000
      anomalies.record(
        .clockSteppedBack, at: .captureFile, frame: reference, detail: UInt32(clamping: milliseconds))
    }
    lastTimes[turn] = packet.time
    if packet.time >= nextStatistics {
      nextStatistics = packet.time &+ 1_000_000_000
      readStatistics()
    }
  }

  /// Asks the system what was dropped.
  private mutating func readStatistics() {
    let new = open.reduce(LiveCaptureStatistics()) { $0 + $1.newStatistics() }
    statistics = statistics + new
    let last = frameCount == 0 ? FrameReference(number: 1) : reference
    for (kind, count) in [
      (AnomalyKind.packetsDroppedByKernel, new.droppedByKernel),
      (.packetsDroppedByInterface, new.droppedByInterface),
    ] where count > 0 {
      anomalies.record(kind, at: .captureFile, frame: last, detail: UInt32(clamping: count))
    }
  }

  /// Waits until frames may be there; false after a tick, or when a signal came.
  private func waitForFrames() -> Bool {
    var descriptors = open.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    let isReady =
      unsafe poll(
        &descriptors, nfds_t(descriptors.count), interruption == nil ? LiveCapture.tick : LiveInterface.holdBack) > 0
    // ENETDOWN, which the next read takes back.
    for (source, descriptor) in zip(open, descriptors) where descriptor.revents & Int16(POLLERR) != 0 {
      source.timesDown &+= 1
    }
    return isReady
  }
}
