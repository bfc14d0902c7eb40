import ByteReading
import CaptureFacts
import CaptureInput
import CorrelationStreams
import PacketLayers
import Reports
import ServiceStatistics
import StreamReassembly
import SubscriberTimelines

/// The whole way of a packet: reads frames, decodes them, puts fragments and streams together, finds messages, joins them
/// and hands records to a report. The only place that knows every stage.
public struct CaptureAnalysis: ~Copyable {
  /// How many times a packet may come out of another, by reassembly or out of a security payload: a fragmented tunnel in a
  /// fragmented tunnel.
  static let reentryLimit = 4

  /// How long a captured frame may wait until it is written: what an end by force loses, in nanoseconds.
  private static let flushInterval: Int64 = 1_000_000_000

  /// After how many frames the user hears of them, and can end them.
  private static let framesBetweenLooks: UInt64 = 1 << 14

  private let options: AnalysisOptions
  let decoder = PacketDecoder()
  private var fragments = FragmentReassembler()
  private var tcp = TCPReassembler()
  private var sctp: SCTPReassembler
  var streams: SignallingStreams<MessageDissector>
  var protected = ProtectedTraffic()
  /// Who is told what was inside of ESP; nil where nobody asks.
  let opened: OpenedPackets?
  /// What runs behind dissection, here or on a thread of its own.
  private let correlator: Correlator
  private var comments = FrameComments()
  /// Names that the capture gives to addresses.
  private var names: [ResolvedName] = []

  /// What the user should be told about inputs that were read in part.
  public private(set) var warnings: [CaptureInputFailure] = []

  /// Between these times nothing is due anywhere.
  private var quiet = QuietTime()

  /// Prepares an analysis; nothing is opened yet. `observer` is shown each message, beside the records that the report
  /// gets.
  /// With `stream` nothing is joined: what would be is written there. `opened` is told what was inside of ESP.
  public init(
    _ options: AnalysisOptions, observer: (any MessageObserver)? = nil, stream: CorrelationStreamWriter? = nil,
    opened: OpenedPackets? = nil
  ) {
    self.options = options
    self.opened = opened
    streams = SignallingStreams(handingTo: MessageDissector(key: options.key))
    streams.messages.stream = stream
    correlator = Correlator(options, observer: observer)
    sctp = SCTPReassembler(verifiesChecksums: options.verifiesSCTPChecksums)
  }

  /// Reads everything and writes the report. `progress` is called now and then.
  ///
  /// Throws `CaptureInputFailure` where an input cannot be read at all, `ReportOutputFailure` where the report cannot be
  /// written, `CaptureWriteFailure` where the frames of a live capture cannot be.
  public mutating func run<Report: ReportWriter>(
    into report: inout Report, progress: (AnalysisProgress) -> Void = { _ in }
  ) throws {
    if options.readsCorrelationStreams {
      var replay = CorrelationReplay(options, observer: correlator.observer)
      defer { warnings = replay.warnings }
      try replay.run(into: &report, progress: progress)
      return
    }
    warnings = try protected.takeKeys(options)
    if let live = options.live {
      try listen(live, into: &report, progress)
    } else {
      try read(into: &report, progress)
    }
  }

  // MARK: - Sources

  private mutating func read<Report: ReportWriter>(into report: inout Report, _ progress: (AnalysisProgress) -> Void)
    throws
  {
    var source = try MergedCapture(
      options.inputs, filter: options.captureFilter, isInterrupted: options.isInterrupted)
    correlator.observer?.begin(inputs: source.summaries.map(\.name))
    streams.messages.stream?.begin(inputs: source.summaries.map(\.name))
    // An observer wants each message beside the state of that moment, and a stream for correlation leaves nothing to join.
    let isAtOnce = correlator.observer != nil || streams.messages.stream != nil
    let isAlone = isAtOnce || (options.threads ?? ProcessorCount.available) < 2
    let thread = isAlone ? nil : CorrelationThread(correlator, report, options.density)
    var hasReportFailed = false
    let lastCount: UInt64 = options.stop.frames ?? UInt64.max
    var count: UInt64 = 0
    var packet = DecodedPacket()
    var nextLook = CaptureAnalysis.framesBetweenLooks
    while count < lastCount, source.advance() {
      if !source.hasFrameOptions, takesShortWay(source.frame) {
        // Those behind it are likely to go the same way.
        count &+= passShortWay(&source, atMost: lastCount &- count &- 1)
      } else {
        streams.messages.stream?.begin(frame: source.frame.reference)
        if source.hasFrameOptions { note(source.frameComments, of: source.frame.reference) }
        take(source.frame, &packet)
        // On one thread, too, dissection and correlation take turns over many messages: each finds its code and tables
        // still in the caches of the processor.
        if isAtOnce {
          correlate(into: &report)
        } else if streams.messages.batch.isFull(at: options.messagesPerBatch) {
          if let thread {
            hasReportFailed = thread.take(&streams.messages.batch, frames: count)
          } else {
            correlate(into: &report)
          }
        }
      }
      count &+= 1
      if count >= nextLook {
        nextLook = count &+ CaptureAnalysis.framesBetweenLooks
        progress(AnalysisProgress(frames: count, dropped: 0, part: source.readPart))
        // While the thread runs, it alone looks at the report.
        let hasFailed = thread == nil ? report.failure != nil : hasReportFailed
        if hasFailed || options.isInterrupted() { break }
      }
    }
    if let thread {
      report = thread.finish(&streams.messages.batch)
    }
    warnings += source.warnings
    if options.usesCapturedNames { names = source.resolvedNames }
    let stations = zip(source.interfaces, source.interfaceFiles).map {
      CaptureSummary.Station(interface: $0.name, files: $1)
    }
    try finish(source.summaries, stations, source.anomalies, into: &report)
  }

  private mutating func listen<Report: ReportWriter>(
    _ live: LiveCaptureOptions, into report: inout Report, _ progress: (AnalysisProgress) -> Void
  ) throws {
    var source = try LiveCapture(live, isInterrupted: options.isInterrupted)
    let user = options.remainingUser ?? .ofInvocation()
    try user.takeOver()
    if let path = options.writePath { try user.requireWritable(folderOf: path) }
    options.confinement?.take()
    let writer = try LiveFrameWriter(options.writePath, ring: options.ring)
    let stations = source.interfaces.map { CaptureSummary.Station(interface: $0.name, files: []) }
    let clock = ElapsedClock()
    let lastFrameCount: UInt64 = options.stop.frames ?? UInt64.max
    let end: Int64 = options.stop.nanoseconds ?? Int64.max
    var nextSummary: Int64 = options.summaryInterval ?? Int64.max
    var nextFlush: Int64 = 0
    var lastFrame: Int64 = 0
    var lastTime: Timestamp?
    var packet = DecodedPacket()
    var goesOn = true
    while goesOn {
      switch source.step() {
      case .end:
        goesOn = false
      case .frame:
        let time = source.frame.time
        if writer.isComplete(options.stop, at: time) {
          goesOn = false
        } else {
          try writer.write(source.frame, of: source.interfaces)
          if !takesShortWay(source.frame) {
            take(source.frame, &packet)
            correlate(into: &report)
          }
          lastTime = time
          lastFrame = clock.nanoseconds
          goesOn = source.frameCount < lastFrameCount && !writer.isComplete(options.stop, at: time)
        }
      case .idle:
        // Nothing comes: packet time goes on by the clock, so that an idle link still closes its records.
        if let lastTime {
          advance(to: lastTime.advanced(byNanoseconds: clock.nanoseconds - lastFrame))
          correlate(into: &report)
        }
        progress(AnalysisProgress(frames: source.frameCount, dropped: source.statistics.dropped))
      }
      let now = clock.nanoseconds
      if report.failure != nil || now >= end { goesOn = false }
      if now >= nextFlush {
        nextFlush = now + CaptureAnalysis.flushInterval
        try writer.flush()
      }
      if now >= nextSummary, let interval = options.summaryInterval {
        nextSummary = now + interval
        streams.messages.catchUp()
        correlate(into: &report)
        try report.summarize(summary(source.summaries, stations, source.anomalies))
      }
    }
    try writer.flush()
    warnings += source.warnings
    try finish(source.summaries, stations, source.anomalies, into: &report)
  }

  /// Keeps the comments of a frame.
  private mutating func note(_ texts: [String], of frame: FrameReference) {
    streams.messages.stream?.write(comments: texts, of: frame)
    for _ in 0..<comments.note(texts, of: frame) {
      streams.messages.coverage.anomalies.record(.stateEvicted, at: .captureFile, frame: frame)
    }
  }

  // MARK: - One frame

  /// Takes the next frame; `packet` is the place to decode it to, the same for all of them.
  private mutating func take(_ frame: borrowing CapturedFrame, _ packet: inout DecodedPacket) {
    // Before the messages of this moment complete a call: its media belong to it.
    streams.messages.advanceMedia(to: frame.time)
    let isPacket = decoder.decode(
      frame.bytes, linkType: frame.linkType, frame: frame.reference, anomalies: &streams.messages.coverage.anomalies,
      into: &packet)
    if isPacket {
      take(
        packet, frame.bytes.extracting(packet.payload), time: frame.time, frame: frame.reference,
        correlation: packet.correlationIdentifier.isEmpty
          ? nil : frame.bytes.text(in: packet.correlationIdentifier.range),
        interface: frame.interface, depth: 0)
      applyLessons()
    }
    advance(to: frame.time)
    let due = min(
      min(tcp.nextDue, sctp.nextDue), min(fragments.nextDue, protected.held.nextDue), streams.messages.media.nextSweep)
    quiet = QuietTime(tickOf: frame.time, before: due)
  }

  /// Takes the next packet of a stream of media, where it changes nothing but that stream: it is a plain datagram, its
  /// stream is known and not encrypted, and nothing is due at its time, so that all other steps of the way would look
  /// and find nothing to do. Then it is done, and the answer is true; otherwise nothing was done.
  ///
  /// Most packets of a capture with media are such. What they leave out is what the way behind this call does for every
  /// packet; whatever is added to it either has a time when it is due, which belongs into `quiet`, or must be asked here.
  @inline(__always)
  private mutating func takesShortWay(_ frame: borrowing CapturedFrame) -> Bool {
    guard quiet.contains(frame.time), streams.messages.hasShortWay,
      streams.messages.receive(
        knownMedia: frame.bytes, linkType: frame.linkType, time: frame.time, frame: frame.reference)
    else { return false }
    streams.messages.noteReached(frame.time)
    return true
  }

  /// Passes the frames that come next and take the short way, as the one before them did, `limit` at most, and says how many
  /// they were.
  private mutating func passShortWay(_ source: inout MergedCapture, atMost limit: UInt64) -> UInt64 {
    var run = source.run
    while run.passage.frames < limit, run.look(), quiet.contains(run.time),
      streams.messages.receive(
        knownMedia: run.bytes, linkType: run.linkType, time: run.time, frame: run.reference)
    {
      run.pass()
    }
    let passage = run.passage
    guard passage.frames > 0 else { return 0 }
    streams.messages.noteReached(passage.timeOfLast)
    source.take(passage)
    return passage.frames
  }

  mutating func take(
    _ packet: DecodedPacket, _ payload: RawSpan, time: Timestamp, frame: FrameReference, correlation: String? = nil,
    interface: UInt32,
    depth: Int
  ) {
    switch packet.content {
    case .datagram:
      streams.messages.receive(
        datagram: payload, of: packet, time: time, frame: frame, correlation: correlation, interface: interface)
    case .segment(let header):
      tcp.receive(
        packet, header: header, payload: payload, time: time, frame: frame,
        point: streams.messages.point(of: packet, interface: interface), into: &streams)
    case .sctp(let header):
      sctp.receive(
        packet, header: header, payload: payload, time: time, frame: frame,
        point: streams.messages.point(of: packet, interface: interface), into: &streams)
    case .fragment(let header):
      let whole = fragments.add(
        packet, header: header, payload: payload, time: time, frame: frame,
        anomalies: &streams.messages.coverage.anomalies)
      guard let whole else { return }
      guard depth < CaptureAnalysis.reentryLimit else {
        streams.messages.coverage.anomalies.record(.nestedTooDeep, at: packet.path.innermost ?? .ipv4, frame: frame)
        return
      }
      streams.messages.origins.note(whole.frames, of: frame)
      let bytes = whole.bytes
      let inner = decoder.decode(
        inner: bytes.rawSpan, ipProtocol: whole.ipProtocol, outer: packet, frame: frame,
        anomalies: &streams.messages.coverage.anomalies)
      guard let inner else { return }
      take(
        inner, bytes.rawSpan.extracting(inner.payload), time: time, frame: frame, interface: interface,
        depth: depth + 1)
    case .unreachable(let quote):
      guard let flow = quote.flow else { return }
      streams.messages.note(
        TransportEvent(
          kind: .unreachable(type: quote.type, code: quote.code), flow: flow, time: time, frame: frame))
    case .encapsulatingSecurityPayload:
      take(
        securityPayload: payload,
        ProtectedTraffic.Origin(
          packet: packet, time: time, frame: frame, interface: interface, depth: depth))
    case .other:
      break
    }
  }

  /// Moves packet time on where no message does.
  private mutating func advance(to time: Timestamp) {
    tcp.advance(to: time, into: &streams)
    sctp.advance(to: time, into: &streams)
    fragments.expire(before: time, anomalies: &streams.messages.coverage.anomalies)
    protected.expire(before: time, anomalies: &streams.messages.coverage.anomalies)
    streams.messages.advanceMedia(to: time)
    streams.messages.advance(to: time)
  }

  /// Joins what was found, and hands on the records that were completed.
  private mutating func correlate<Report: ReportWriter>(into report: inout Report) {
    guard !streams.messages.batch.isEmpty else { return }
    correlator.take(&streams.messages.batch, points: streams.messages.points, into: &report)
    streams.messages.batch.clear()
  }

  // MARK: - The end

  private mutating func finish<Report: ReportWriter>(
    _ summaries: [CaptureFileSummary], _ stations: [CaptureSummary.Station], _ anomalies: AnomalyLedger,
    into report: inout Report
  ) throws {
    streams.messages.stream?.endFrames()
    tcp.finish(into: &streams)
    sctp.finish(into: &streams)
    fragments.finish(anomalies: &streams.messages.coverage.anomalies)
    streams.finish()
    applyLessons()
    protected.finish(anomalies: &streams.messages.coverage.anomalies)
    while streams.messages.finish() { correlate(into: &report) }
    streams.messages.noteUnseenSides()
    for name in names { streams.messages.stream?.write(name: name.name, of: name.address) }
    correlate(into: &report)
    correlator.finish(into: &report)
    try report.finish(summary(summaries, stations, anomalies))
  }

  /// What is known so far beside the records.
  private func summary(
    _ summaries: [CaptureFileSummary], _ stations: [CaptureSummary.Station], _ anomalies: AnomalyLedger
  ) -> ReportSummary {
    var coverage = streams.messages.coverage
    coverage.mediaPackets = streams.messages.media.packets
    coverage.controlPackets = streams.messages.media.controlPackets
    coverage.securityPayloadsOpened = protected.opener.openedCount
    coverage.securityAssociations = protected.opener.coverage
    coverage.anomalies.merge(anomalies)
    let files = summaries.map { summary in
      var file = CaptureSummary.File(
        name: summary.name, format: summary.format?.name ?? "live", frameCount: summary.frames, bytes: summary.bytes,
        firstTime: summary.firstTime, lastTime: summary.lastTime)
      file.commentedFrames = summary.commentedFrames
      file.names = summary.names
      file.decryptionSecrets = summary.decryptionSecrets
      return file
    }
    coverage.commentedFrames = summaries.reduce(0) { $0 &+ $1.commentedFrames }
    let capture = CaptureSummary(
      files: files, stations: stations, points: streams.messages.points, comments: comments)
    return correlator.timelines.summary(
      capture: capture, coverage: coverage, names: names.map { ($0.address, $0.name) },
      statistics: correlator.statistics)
  }
}
