import CaptureFacts
import CaptureInput
import CorrelationStreams
import DiameterMessages
import Reports
import SIPMessages
import ServiceStatistics
import SubscriberTimelines

/// Joins what was dissected elsewhere: hands the lines of streams to the timelines as dissection would have handed on what
/// they say. Several streams are merged by time.
struct CorrelationReplay {
  /// How many messages of a stream are known by their ordinal: a repetition tells of one of the last.
  static let keptTickets = 1 << 16

  /// Where records are due: when the frame is done with whose lines completed them.
  private struct Turn: Equatable {
    var stream: Int
    var reading: UInt64
    var isBehindFrames: Bool
  }

  private(set) var warnings: [CaptureInputFailure] = []
  private let options: AnalysisOptions
  private let observer: (any MessageObserver)?
  private var sources: [CorrelationSource] = []
  private var numbers = MergedNumbers(fileCounts: [])
  private var timelines: SubscriberTimelines
  private var statistics: ServiceStatistics
  private var points = CapturePointDirectory()
  private var stationCount: UInt32 = 0
  private var comments = FrameComments()
  private var commentsDropped: [FrameReference] = []
  private var names: [(IPAddress, String)] = []

  init(_ options: AnalysisOptions, observer: (any MessageObserver)?) {
    self.options = options
    self.observer = observer
    timelines = SubscriberTimelines(key: options.key, names: options.nodeNames, countryCode: options.countryCode)
    statistics = ServiceStatistics(interval: options.statisticsInterval)
  }

  /// Reads everything and writes the report.
  mutating func run<Report: ReportWriter>(
    into report: inout Report, progress: (AnalysisProgress) -> Void
  ) throws {
    do {
      for path in options.inputs { sources.append(CorrelationSource(reader: try CorrelationStreamReader(path: path))) }
      numbers = MergedNumbers(fileCounts: sources.map { $0.reader.files.count })
      observer?.begin(inputs: sources.flatMap(\.reader.files))
      for stream in sources.indices { try readAhead(stream) }
      try replay(into: &report, progress)
    } catch let failure as CorrelationStreamFailure {
      throw CaptureInputFailure(input: failure.input, message: failure.description)
    }
    timelines.drain(into: &report, &statistics)
    var statistics = statistics
    timelines.finish { $0.drain(into: &report, &statistics) }
    self.statistics = statistics
    try report.finish(summary())
  }

  private mutating func replay<Report: ReportWriter>(
    into report: inout Report, _ progress: (AnalysisProgress) -> Void
  ) throws {
    var turn = Turn(stream: 0, reading: 0, isBehindFrames: false)
    var count: UInt64 = 0
    while let stream = next(), let line = sources[stream].next {
      if case .end = line.content { sources[stream].isBehindFrames = true }
      let itsTurn = Turn(
        stream: stream, reading: line.reading, isBehindFrames: sources[stream].isBehindFrames)
      if itsTurn != turn {
        timelines.drain(into: &report, &statistics)
        turn = itsTurn
      }
      numbers.advance(stream, to: line.reading)
      sources[stream].lastFrame = line.reading
      take(line, of: stream)
      try readAhead(stream)
      count &+= 1
      if count & 0xfff == 0 {
        progress(AnalysisProgress(frames: sources.reduce(0) { $0 &+ $1.lastFrame }, dropped: 0))
        if report.failure != nil || options.isInterrupted() { return }
      }
    }
    for source in sources where !source.reader.isComplete {
      warnings.append(
        CaptureInputFailure(
          input: source.reader.name,
          message: "the stream is cut behind line \(source.reader.lineCount): what came before is shown"))
    }
  }

  /// The stream whose next line comes first; equal times keep the order of the streams.
  private func next() -> Int? {
    var earliest: Int?
    for stream in sources.indices where sources[stream].next != nil {
      if let place = earliest, sources[place].time <= sources[stream].time { continue }
      earliest = stream
    }
    return earliest
  }

  private mutating func readAhead(_ stream: Int) throws {
    sources[stream].next = try sources[stream].reader.next()
    guard let time = sources[stream].next?.time else { return }
    sources[stream].time = max(sources[stream].time, time)
  }

  // MARK: - Lines

  private mutating func take(_ line: CorrelationLine, of stream: Int) {
    switch line.content {
    case .sip(var observed, let ordinal):
      sources[stream].sipMessages &+= 1
      place(&observed, of: stream)
      let sighting = timelines.receive(observed)
      observer?.take(observed, sighting, context)
      keep(sighting.ticket, ordinal, of: stream)
    case .diameter(var observed, let ordinal):
      sources[stream].diameterMessages &+= 1
      place(&observed, of: stream)
      let sighting = timelines.receive(observed)
      observer?.take(observed, sighting, context)
      keep(sighting.ticket, ordinal, of: stream)
    case .repetition(let ordinal, let frames, let time, let point):
      guard let ticket = ticket(ordinal, of: stream) else { return }
      timelines.noteRepetition(
        of: ticket, frames: frames.map { numbers.merged($0, of: stream) }, time: time,
        point: point.map { self.point($0, of: stream) })
    case .event(var event):
      event.frame = numbers.merged(event.frame, of: stream)
      note(event.time, of: stream)
      timelines.receive(event)
    case .association(var health):
      health.firstFrame = numbers.merged(health.firstFrame, of: stream)
      health.lastFrame = numbers.merged(health.lastFrame, of: stream)
      health.endingFrame = health.endingFrame.map { numbers.merged($0, of: stream) }
      timelines.receive(health)
    case .media(var media):
      media.firstFrame = numbers.merged(media.firstFrame, of: stream)
      media.lastFrame = numbers.merged(media.lastFrame, of: stream)
      media.largestGapFrame = numbers.merged(media.largestGapFrame, of: stream)
      for place in media.formats.indices {
        media.formats[place].firstFrame = numbers.merged(media.formats[place].firstFrame, of: stream)
      }
      timelines.receive(media)
    case .point(let point): take(point, of: stream)
    case .clock(let time):
      note(time, of: stream)
      timelines.advance(to: time)
    case .comment(let frame, let texts):
      let frame = numbers.merged(frame, of: stream)
      // Each stream has its own bound; only together they may exceed it.
      let dropped = comments.note(texts, of: frame)
      if sources.count > 1, dropped > 0 { commentsDropped.append(frame) }
    case .name(let address, let name):
      if options.usesCapturedNames { names.append((address, name)) }
    case .end: break
    case .trailer(let trailer): sources[stream].trailer = trailer
    }
  }

  private var context: MessageContext {
    MessageContext(nodes: timelines.nodes, subscribers: timelines.subscribers, points: points)
  }

  private mutating func place<Message>(_ observed: inout Observed<Message>, of stream: Int) {
    observed.frame = numbers.merged(observed.frame, of: stream)
    observed.otherFrames = observed.otherFrames.map { numbers.merged($0, of: stream) }
    observed.point = point(observed.point, of: stream)
    observed.station = points.station(of: observed.point)
    note(observed.time, of: stream)
  }

  private mutating func note(_ time: Timestamp, of stream: Int) {
    sources[stream].firstTime = min(sources[stream].firstTime ?? time, time)
    sources[stream].lastTime = max(sources[stream].lastTime ?? time, time)
  }

  private mutating func keep(_ ticket: MessageTicket?, _ ordinal: UInt32, of stream: Int) {
    let place = Int(ordinal) & (CorrelationReplay.keptTickets - 1)
    while sources[stream].tickets.count <= place { sources[stream].tickets.append(nil) }
    sources[stream].tickets[place] = ticket
  }

  private func ticket(_ ordinal: UInt32, of stream: Int) -> MessageTicket? {
    let place = Int(ordinal) & (CorrelationReplay.keptTickets - 1)
    return place < sources[stream].tickets.count ? sources[stream].tickets[place] : nil
  }

  // MARK: - Points

  private mutating func take(_ point: CapturePoint, of stream: Int) {
    var point = point
    if let station = sources[stream].stations[point.station] {
      point.station = station
    } else {
      sources[stream].stations[point.station] = stationCount
      point.station = stationCount
      stationCount += 1
    }
    sources[stream].points.append(points.handle(of: point) ?? .first)
  }

  private func point(_ handle: CapturePointHandle, of stream: Int) -> CapturePointHandle {
    let known = sources[stream].points
    return Int(handle.rawValue) < known.count ? known[Int(handle.rawValue)] : .first
  }

  // MARK: - The end

  private func summary() -> ReportSummary {
    var files: [CaptureSummary.File] = []
    var stations = Array(
      repeating: CaptureSummary.Station(interface: "", files: []), count: Int(stationCount))
    var points = points
    var coverage = Coverage()
    for (stream, source) in sources.enumerated() {
      let firstFile = files.count
      files += source.trailer?.files ?? source.filesOfCutStream
      guard let trailer = source.trailer else {
        coverage.sipObservations &+= source.sipMessages
        coverage.diameterObservations &+= source.diameterMessages
        continue
      }
      for (place, station) in source.stations where Int(place) < trailer.stations.count {
        let described = trailer.stations[Int(place)]
        stations[Int(station)] = CaptureSummary.Station(
          interface: described.interface, files: described.files.map { $0 + firstFile })
      }
      for place in trailer.stations.indices where source.stations[UInt32(truncatingIfNeeded: place)] == nil {
        let described = trailer.stations[place]
        stations.append(
          CaptureSummary.Station(interface: described.interface, files: described.files.map { $0 + firstFile }))
      }
      for (handle, counts) in zip(source.points, trailer.counts) { points.add(counts, at: handle) }
      coverage.add(trailer.coverage) { numbers.merged($0, of: stream) }
    }
    for frame in commentsDropped { coverage.anomalies.record(.stateEvicted, at: .captureFile, frame: frame) }
    return timelines.summary(
      capture: CaptureSummary(files: files, stations: stations, points: points, comments: comments),
      coverage: coverage, names: names, statistics: statistics)
  }
}

extension Coverage {
  /// Adds what the dissection of another stream saw.
  fileprivate mutating func add(_ other: Coverage, _ frame: (FrameReference) -> FrameReference) {
    sipObservations &+= other.sipObservations
    diameterObservations &+= other.diameterObservations
    mediaPackets &+= other.mediaPackets
    controlPackets &+= other.controlPackets
    securityPayloadsOpened &+= other.securityPayloadsOpened
    securityAssociations += other.securityAssociations
    commentedFrames &+= other.commentedFrames
    for line in other.anomalies.lines {
      var entry = line.entry
      entry = AnomalyLedger.Entry(count: entry.count, amount: entry.amount, frames: entry.frames.map(frame))
      anomalies.add(entry, under: line.key)
    }
  }
}
