import ByteReading
import CaptureFacts
import Reports
import ServiceStatistics
import SubscriberTimelines

/// Takes what dissection found, joins it, and hands the records to a report. Nothing goes back from here, so it may run
/// on a thread of its own, one at a time.
final class Correlator {
  private(set) var timelines: SubscriberTimelines
  /// Who is shown each message; nil where only records are asked for.
  let observer: (any MessageObserver)?
  private(set) var statistics: ServiceStatistics
  private var tickets = RecentTickets()

  init(_ options: AnalysisOptions, key: HashKey, observer: (any MessageObserver)?) {
    timelines = SubscriberTimelines(key: key, names: options.nodeNames, countryCode: options.countryCode)
    statistics = ServiceStatistics(interval: options.statisticsInterval)
    self.observer = observer
  }

  /// Takes all of a batch. `points` resolves the capture points of its messages, for an observer.
  func take<Report: ReportWriter>(
    _ batch: CorrelationBatch, points: CapturePointDirectory, into report: inout Report
  ) {
    take(batch, points, into: &report, &timelines, &statistics, &tickets)
  }

  /// The same, of what is its own for the whole of a batch: access to properties of a class is checked each time.
  private func take<Report: ReportWriter>(
    _ batch: CorrelationBatch, _ points: CapturePointDirectory, into report: inout Report,
    _ timelines: inout SubscriberTimelines, _ statistics: inout ServiceStatistics, _ tickets: inout RecentTickets
  ) {
    var (sip, diameter, repetition, event, health, media) = (0, 0, 0, 0, 0, 0)
    // Asked for once, not at each step.
    let (sipMessages, sipNumbers) = (batch.sip, batch.sipNumbers)
    let (diameterMessages, diameterNumbers) = (batch.diameter, batch.diameterNumbers)
    for step in batch.steps {
      switch step {
      case .time(let time):
        timelines.advance(to: time)
        timelines.drain(into: &report, &statistics)
      case .sip:
        let sighting = timelines.receive(sipMessages.span[sip])
        tickets.note(sighting.ticket, of: sipNumbers[sip])
        observer?.take(sipMessages[sip], sighting, Correlator.context(timelines, points))
        sip += 1
      case .diameter:
        let sighting = timelines.receive(diameterMessages.span[diameter])
        tickets.note(sighting.ticket, of: diameterNumbers[diameter])
        observer?.take(diameterMessages[diameter], sighting, Correlator.context(timelines, points))
        diameter += 1
      case .repetition:
        let repeated = batch.repetitions[repetition]
        if let ticket = tickets.ticket(of: repeated.message) {
          timelines.noteRepetition(of: ticket, frames: repeated.frames, time: repeated.time, point: repeated.point)
        }
        repetition += 1
      case .event:
        timelines.receive(batch.events[event])
        event += 1
      case .health:
        timelines.receive(batch.health[health])
        health += 1
      case .media:
        timelines.receive(batch.media[media])
        media += 1
      }
    }
  }

  /// Ends the input.
  func finish<Report: ReportWriter>(into report: inout Report) {
    timelines.finish { $0.drain(into: &report, &statistics) }
  }

  private static func context(_ timelines: SubscriberTimelines, _ points: CapturePointDirectory) -> MessageContext {
    MessageContext(nodes: timelines.nodes, subscribers: timelines.subscribers, points: points)
  }
}
