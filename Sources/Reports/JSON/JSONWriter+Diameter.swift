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
  private mutating func carried(_ details: [(key: String, value: DiameterExchange.DetailValue)]) {
    key("carried")
    beginObject()
    for index in details.indices {
      let detail = details[index]
      guard !details[..<index].contains(where: { JSONWriter.isSame($0.key, detail.key) }) else { continue }
      key(text: detail.key)
      if details[(index + 1)...].contains(where: { JSONWriter.isSame($0.key, detail.key) }) {
        beginArray()
        for other in details[index...] where JSONWriter.isSame(other.key, detail.key) { elements(other.value) }
        endArray()
      } else if case .texts = detail.value {
        beginArray()
        elements(detail.value)
        endArray()
      } else {
        elements(detail.value)
      }
    }
    endObject()
  }

  /// Nearly all keys that differ do so in their length.
  private static func isSame(_ first: String, _ second: String) -> Bool {
    first.utf8.count == second.utf8.count && first == second
  }

  private mutating func elements(_ detail: DiameterExchange.DetailValue) {
    switch detail {
    case .text(let text): value(text)
    case .texts(let texts): for text in texts { value(text) }
    case .number(let number): value(number)
    }
  }
}
