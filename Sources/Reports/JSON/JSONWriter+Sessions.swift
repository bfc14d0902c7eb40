import SubscriberTimelines

/// What the dialogs of a call agreed on.
extension JSONWriter {
  mutating func object(_ session: CallSession) {
    beginObject()
    member("call_id", session.callID)
    memberIfAny("held_by", session.heldBy.map(\.rawValue))
    member("media", each: session.media) { json, medium in
      json.beginObject()
      json.member("media_type", medium.type)
      json.member("transport", medium.transport)
      json.member("codec", medium.codec)
      json.member("direction", medium.direction.name)
      json.member("security", medium.security?.rawValue)
      if medium.hasICE { json.member("ice", true) }
      json.member("bandwidth_kbps", medium.bandwidth)
      if let hasResources = medium.hasResources { json.member("resources_reserved", hasResources) }
      if medium.isT38 { json.member("t38", true) }
      if let file = medium.file {
        json.member(
          "file",
          object: { json in
            json.member("name", file.name)
            json.member("type", file.type)
            json.member("size", file.size)
          })
      }
      json.endObject()
    }
    member("offers", each: session.exchanges) { json, exchange in
      json.beginObject()
      json.member("offered_by", exchange.offeredBy.rawValue)
      json.member("method", exchange.method.name)
      json.member("offer_frame", exchange.offerFrame)
      json.member("answer_frame", exchange.answerFrame)
      json.member("outcome", exchange.outcome.rawValue)
      json.member("status", exchange.status)
      json.member("changes", exchange.changes)
      json.endObject()
    }
    endObject()
  }
}
