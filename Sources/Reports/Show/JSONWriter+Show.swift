import CaptureFacts
import SubscriberTimelines

extension JSONWriter {
  /// One record as an object with its timeline; several, or those of a subscriber, as a list under `records`.
  mutating func show(_ records: [TimelineRecord], _ subscriber: Subscriber?, _ summary: ReportSummary) {
    let names = HandleNames.known(nodes: summary.nodes, subscribers: summary.subscribers)
    beginObject()
    member("schema_version", JSONReport.schemaVersion)
    if let subscriber {
      member("type", "subscriber")
      members(of: subscriber, names)
    }
    if subscriber == nil, records.count == 1 {
      members(ofShown: records[0], names, summary.capture.comments)
    } else {
      member("records", each: records) { json, record in
        json.beginObject()
        json.members(ofShown: record, names, summary.capture.comments)
        json.endObject()
        json.lineBreak()
      }
    }
    endObject()
    lineBreak()
  }

  private mutating func members(
    ofShown record: TimelineRecord, _ names: HandleNames, _ comments: FrameComments
  ) {
    switch record {
    case .registration(let registration):
      member("type", "registration")
      members(of: registration, names)
      timeline(registration.events, start: registration.start, names)
      member(comments.comments(of: registration.frames))
    case .call(let call):
      member("type", "call")
      members(of: call, names)
      timeline(call.events, start: call.start, names)
      member(comments.comments(of: call.frames))
    case .messaging(let record):
      member("type", "messaging")
      members(of: record, names)
      timeline(record.events, start: record.start, names)
      member(comments.comments(of: record.frames))
    case .finding, .late, .media: break
    }
  }

  /// What people wrote about frames; left out where there is nothing.
  private mutating func member(_ comments: [FrameComments.Comment]) {
    guard !comments.isEmpty else { return }
    member("comments", each: comments) { json, comment in
      json.beginObject()
      json.member("frame", comment.frame)
      json.member("text", comment.text)
      json.endObject()
    }
  }
}
