import Reports
import SubscriberTimelines

/// What can be shown of a capture: its records and subscribers, by id.
struct RecordList: ReportWriter {
  private(set) var ids: [RecordIdentifier] = []

  var failure: ReportOutputFailure? { nil }

  mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    switch record {
    case .registration(let registration): ids.append(registration.id)
    case .call(let call): ids.append(call.id)
    case .messaging(let record): ids.append(record.id)
    case .finding, .late, .media: break
    }
  }

  mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    summary.subscribers.forEach { ids.append($0.id) }
  }
}
