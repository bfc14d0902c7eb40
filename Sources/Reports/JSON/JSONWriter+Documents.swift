import ServiceDocuments
import SubscriberTimelines

/// What documents say, as it stands in them.
extension JSONWriter {
  /// The members of an object, without the braces.
  mutating func members(of fields: DocumentFields) {
    for field in fields.fields {
      key(text: field.name)
      value(field.value)
    }
  }

  private mutating func value(_ value: DocumentValue) {
    switch value {
    case .text(let text): self.value(text)
    case .number(let number): self.value(number)
    case .decimal(let decimal):
      // Beyond nine digits on either side of the point it is no measure of anything on earth.
      if let billionths = Int64(exactly: (decimal * 1e9).rounded()) {
        self.value(decimal: billionths, digits: 9)
      } else {
        self.value(String(decimal))
      }
    case .flag(let flag): self.value(flag)
    case .list(let values):
      beginArray()
      for element in values { self.value(element) }
      endArray()
    case .object(let fields):
      beginObject()
      members(of: fields)
      endObject()
    }
  }

  /// The bodies of a record, each with the frame in which it was seen first.
  mutating func bodies(_ bodies: [RecordedBody]) {
    guard !bodies.isEmpty else { return }
    member("bodies", each: bodies) { json, body in
      let document = body.document
      json.beginObject()
      json.member("frame", body.frame)
      json.member("content_type", body.contentType)
      json.member("length", document.length)
      json.member("kind", document.kind)
      json.member("content", object: { $0.members(of: document.fields()) })
      json.endObject()
    }
  }

  /// What became of a short message.
  mutating func object(_ message: ShortMessageSummary) {
    member("kind", message.kind?.rawValue)
    member("originator", message.originator)
    member("destination", message.destination)
    member("service_centre", message.serviceCentre)
    member("rp_reference", message.relayReference)
    member("tp_reference", message.reference)
    if let concatenation = message.concatenation {
      member("part", concatenation.part)
      member("parts", concatenation.total)
    }
    member("rp_outcome", message.relayOutcome?.rawValue)
    member("rp_cause", message.relayCause?.code)
    member("rp_cause_name", message.relayCause?.name)
    member("tp_failure_cause", message.failureCause)
    member("tp_failure_cause_name", message.failureCauseName)
    member("tp_status", message.status)
    member("tp_status_name", message.statusName)
  }

  /// The profile of a subscriber as the HSS described it last.
  mutating func serviceProfile(of subscriber: Subscriber, _ names: HandleNames) {
    guard case .directories(let known) = names,
      let profile = serviceProfiles.profile(of: subscriber, in: known.subscribers)
    else { return }
    member("service_profile", object: { $0.members(of: profile.fields()) })
  }
}
