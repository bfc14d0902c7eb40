import SubscriberTimelines

extension JSONWriter {
  /// One exchange. Result-Code and Experimental-Result-Code stay apart: their numbers mean different things.
  mutating func object(_ exchange: DiameterExchange, _ names: HandleNames) {
    beginObject()
    member("interface", exchange.interface)
    member("command", exchange.command)
    member("request_frame", exchange.requestFrame)
    member("answer_frame", exchange.answerFrame)
    members(of: exchange.result)
    member("result_name", exchange.resultName)
    member("start", exchange.start)
    member("duration_ms", milliseconds: exchange.answerTime)
    member("from", exchange.from, names)
    member("to", exchange.to, names)
    if !exchange.hops.isEmpty {
      member("hops", each: exchange.hops) { json, hop in
        json.beginObject()
        json.member("from", hop.from, names)
        json.member("to", hop.to, names)
        json.member("request_frame", hop.requestFrame)
        json.member("answer_frame", hop.answerFrame)
        json.members(of: hop.result)
        json.member("duration_ms", milliseconds: hop.answerTime)
        json.endObject()
      }
    }
    if exchange.retransmissions > 0 { member("retransmissions", exchange.retransmissions) }
    member("joined_by", exchange.joinedBy?.rawValue)
    if !exchange.details.isEmpty { carried(exchange.details) }
    member("frames", exchange.frames)
    endObject()
  }

  mutating func members(of result: DiameterExchange.Result?) {
    switch result {
    case .base(let code): member("result_code", code)
    case .experimental(let vendor, let code):
      member("experimental_result_code", code)
      member("vendor_id", vendor)
    case nil: break
    }
  }

  /// What the exchange carried. A key that occurs again adds to the list under it, for JSON has no duplicate keys.
  private mutating func carried(_ details: DiameterDetails) {
    var seen: UInt64 = 0
    var repeated: UInt64 = 0
    details.forEach { entry in
      let bit = JSONWriter.bit(entry.key)
      repeated |= seen & bit
      seen |= bit
    }
    key("carried")
    beginObject()
    var offset = 0
    var written: UInt64 = 0
    while let entry = details.entry(at: &offset) {
      let bit = JSONWriter.bit(entry.key)
      guard written & bit == 0 else { continue }
      written |= bit
      key(entry.key.name)
      guard repeated & bit != 0 || entry.kind == .element else {
        value(entry, of: details)
        continue
      }
      beginArray()
      value(entry, of: details)
      var later = offset
      while repeated & bit != 0, let other = details.entry(at: &later) {
        if other.key == entry.key { value(other, of: details) }
      }
      endArray()
    }
    endObject()
  }

  private static func bit(_ key: DiameterDetails.Key) -> UInt64 { 1 << UInt64(key.rawValue) }

  private mutating func value(_ entry: DiameterDetails.Entry, of details: DiameterDetails) {
    if entry.kind == .number { value(entry.number) } else { value(details.span, in: entry.range) }
  }
}
