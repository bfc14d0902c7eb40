import CaptureFacts
import DiameterMessages
import SubscriberTimelines

extension JSONWriter {
  /// The `timeline` of a record: one entry for each message, times relative to `start`.
  mutating func timeline(
    _ events: [TimelineEvent], start: Timestamp, _ names: HandleNames
  ) {
    member("timeline", each: events) { json, event in
      json.beginObject()
      json.members(of: event, names)
      json.member("offset_ms", milliseconds: event.time.nanoseconds(since: start))
      json.endObject()
    }
  }

  mutating func members(of event: TimelineEvent, _ names: HandleNames) {
    member("time", event.time)
    member("frame", event.frame)
    member("from", event.from, names)
    member("to", event.to, names)
    member("transport", event.transport.name)
    switch event.kind {
    case .request(let method):
      member("protocol", "SIP")
      member("method", method.name)
    case .response(let status, let method):
      member("protocol", "SIP")
      member("method", method.name)
      member("status", status)
    case .diameterRequest(let command, let application):
      members(ofDiameter: command, application, isRequest: true)
    case .diameterAnswer(let command, let application, let result):
      members(ofDiameter: command, application, isRequest: false)
      members(of: result)
      member("result_name", result?.name)
    }
    if event.isRetransmission { member("retransmission", true) }
    if event.copies > 0 { member("copies", event.copies) }
    member("point", Int(event.point.rawValue) + 1)
  }

  private mutating func members(ofDiameter command: UInt32, _ application: UInt32, isRequest: Bool) {
    let dictionary = DiameterDictionary.known
    member("protocol", "Diameter")
    member("interface", dictionary.interfaceName(application: application, command: command))
    member("command", dictionary.commandAbbreviation(command, isRequest: isRequest))
  }
}
