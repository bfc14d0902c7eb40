import CaptureFacts
import DiameterMessages
import SubscriberTimelines

/// Exchanges over Diameter that belong to no record.
extension TerminalPage {
  /// Draws one: what was asked, what came of it, between whom.
  mutating func show(_ exchange: DiameterExchange) {
    var header = RecordHeader(title: "\(exchange.command) on \(exchange.interface)")
    if let result = exchange.result {
      header.outcome = "\(result.code)" + (result.shortName.map { " " + $0 } ?? "")
      header.tone = result.isSuccess ? .good : .bad
    } else {
      header.outcome = "no answer"
      header.tone = .caution
    }
    var time: [UInt8] = []
    time.appendTime(exchange.start)
    let took = exchange.answerTime.map { ", took " + DurationText.text($0) } ?? ""
    let ends = "\(context.nodes.id(of: exchange.from)) to \(context.nodes.id(of: exchange.to))"
    header.fields = [
      RecordHeader.Field(name: "from", value: ends, tone: .plain),
      RecordHeader.Field(name: "start", value: String(decoding: time, as: UTF8.self) + took, tone: .plain),
      RecordHeader.Field(
        name: "frames", value: exchange.frames.map(frames.text).joined(separator: ", "), tone: .plain),
    ]
    draw(header)
  }
}
