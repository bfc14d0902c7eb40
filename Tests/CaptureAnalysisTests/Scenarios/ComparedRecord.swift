import SubscriberTimelines

/// A record of any kind, as far as all kinds are alike.
struct ComparedRecord {
  let record: TimelineRecord
  let kind: RecordIdentifier.Kind
  let frames: Set<Int>
  let diameter: [DiameterExchange]

  /// All records of a report.
  static func all(of report: CollectedReport) -> [ComparedRecord] {
    report.registrations.map {
      ComparedRecord(
        record: .registration($0), kind: .registration, frames: Set($0.frames.map { Int($0.number) }),
        diameter: $0.diameter)
    }
      + report.calls.map {
        ComparedRecord(
          record: .call($0), kind: .call, frames: Set($0.frames.map { Int($0.number) }), diameter: $0.diameter)
      }
      + report.messaging.map {
        ComparedRecord(
          record: .messaging($0), kind: .messaging, frames: Set($0.frames.map { Int($0.number) }),
          diameter: $0.diameter)
      }
  }
}
