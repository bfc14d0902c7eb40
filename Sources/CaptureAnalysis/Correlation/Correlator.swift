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
    var (sip, diameter, repetition, event, health, media) = (0, 0, 0, 0, 0, 0)
    for step in batch.steps {
      switch step {
      case .time(let time):
        timelines.advance(to: time)
        timelines.drain(into: &report, &statistics)
      case .sip:
        let sighting = timelines.receive(batch.sip[sip])
        tickets.note(sighting.ticket, of: batch.sipNumbers[sip])
        observer?.take(batch.sip[sip], sighting, context(points))
        sip += 1
      case .diameter:
        let sighting = timelines.receive(batch.diameter[diameter])
        tickets.note(sighting.ticket, of: batch.diameterNumbers[diameter])
        observer?.take(batch.diameter[diameter], sighting, context(points))
        diameter += 1
      case .repetition:
        take(batch.repetitions[repetition])
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

  private func take(_ repetition: CorrelationBatch.Repetition) {
    guard let ticket = tickets.ticket(of: repetition.message) else { return }
    timelines.noteRepetition(
      of: ticket, frames: repetition.frames, time: repetition.time, point: repetition.point)
  }

  private func context(_ points: CapturePointDirectory) -> MessageContext {
    MessageContext(nodes: timelines.nodes, subscribers: timelines.subscribers, points: points)
  }
}
