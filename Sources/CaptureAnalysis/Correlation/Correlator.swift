import ByteReading
import CaptureFacts
import DiameterMessages
import Reports
import SIPMessages
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

  init(_ options: AnalysisOptions, observer: (any MessageObserver)?) {
    timelines = SubscriberTimelines(key: options.key, names: options.nodeNames, countryCode: options.countryCode)
    statistics = ServiceStatistics(interval: options.statisticsInterval)
    self.observer = observer
  }

  /// Takes all of a batch. `points` resolves the capture points of its messages, for an observer.
  func take<Report: ReportWriter>(
    _ batch: inout CorrelationBatch, points: CapturePointDirectory, into report: inout Report
  ) {
    take(&batch, points, into: &report, &timelines, &statistics, &tickets)
  }

  /// The same, of what is its own for the whole of a batch: access to properties of a class is checked each time.
  private func take<Report: ReportWriter>(
    _ batch: inout CorrelationBatch, _ points: CapturePointDirectory, into report: inout Report,
    _ timelines: inout SubscriberTimelines, _ statistics: inout ServiceStatistics, _ tickets: inout RecentTickets
  ) {
    // Where a message lies while it is looked at: in its place in the batch it would be copied.
    var sip = Observed(placeFor: SIPMessage())
    var diameter = Observed(placeFor: DiameterMessage())
    var (sipPlace, diameterPlace, repetition, event, health, media) = (0, 0, 0, 0, 0, 0)
    // Asked for once, not at each step.
    let (sipKeys, sipNumbers, diameterNumbers) = (batch.sipKeys, batch.sipNumbers, batch.diameterNumbers)
    let steps = batch.steps
    for step in steps {
      switch step {
      case .time(let time):
        timelines.advance(to: time)
        timelines.drain(into: &report, &statistics)
      case .sip:
        batch.exchange(sip: sipPlace, &sip)
        let sighting = timelines.receive(sip, sipKeys[sipPlace])
        tickets.note(sighting.ticket, of: sipNumbers[sipPlace])
        observer?.take(sip, sighting, Correlator.context(timelines, points))
        sipPlace += 1
      case .diameter:
        batch.exchange(diameter: diameterPlace, &diameter)
        let sighting = timelines.receive(diameter)
        tickets.note(sighting.ticket, of: diameterNumbers[diameterPlace])
        observer?.take(diameter, sighting, Correlator.context(timelines, points))
        diameterPlace += 1
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
    // The first places got the two above; the storage of the last messages is to serve the next.
    if sipPlace > 0 { batch.exchange(sip: 0, &sip) }
    if diameterPlace > 0 { batch.exchange(diameter: 0, &diameter) }
  }

  /// Ends the input.
  func finish<Report: ReportWriter>(into report: inout Report) {
    timelines.finish { $0.drain(into: &report, &statistics) }
  }

  private static func context(_ timelines: SubscriberTimelines, _ points: CapturePointDirectory) -> MessageContext {
    MessageContext(nodes: timelines.nodes, subscribers: timelines.subscribers, points: points)
  }
}
