import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages

extension CorrelationLine {
  /// Reads a line.
  init(_ object: StreamObject) throws(StreamObject.Flaw) {
    let frame = try object.frameIfAny("frame")
    guard let number = try object.numberIfAny("reading", as: UInt64.self) ?? frame?.number else {
      throw StreamObject.Flaw(message: "reading is missing")
    }
    reading = number
    content = try Content(object)
  }
}

extension CorrelationLine.Content {
  fileprivate init(_ object: StreamObject) throws(StreamObject.Flaw) {
    switch try object.text("type") {
    case "sip":
      let bytes = try object.messageBytes()
      let message = try Self.parsed { () throws(ParseFailure) in try SIPMessage(parsing: bytes.rawSpan) }
      self = .sip(try object.observed(message), ordinal: try object.number("ordinal"))
    case "diameter":
      let bytes = try object.messageBytes()
      let message = try Self.parsed { () throws(ParseFailure) in try DiameterMessage(parsing: bytes.rawSpan) }
      self = .diameter(try object.observed(message), ordinal: try object.number("ordinal"))
    case "repetition":
      self = .repetition(
        of: try object.number("of"), frames: try object.frames("frames"), time: try object.time("time"),
        point: try object.numberIfAny("point").map { CapturePointHandle(rawValue: $0) })
    case "transport": self = .event(try object.event())
    case "association": self = .association(try object.association())
    case "media": self = .media(try object.mediaStream())
    case "point": self = .point(try object.point())
    case "clock": self = .clock(try object.time("time"))
    case "comment": self = .comment(try object.frame("frame"), try object.texts("texts"))
    case "name": self = .name(try object.address("address"), try object.text("name"))
    case "end": self = .end
    case "trailer": self = .trailer(try object.trailer())
    case let other: throw StreamObject.Flaw(message: "there is no line of type \(other)")
    }
  }

  private static func parsed<Message>(
    _ read: () throws(ParseFailure) -> Message
  ) throws(StreamObject.Flaw) -> Message {
    do throws(ParseFailure) {
      return try read()
    } catch {
      throw StreamObject.Flaw(message: "its bytes are no message")
    }
  }
}

extension StreamObject {
  /// A message with where and when it was seen.
  fileprivate func observed<Message>(_ message: Message) throws(Flaw) -> Observed<Message> {
    Observed(
      message: message, time: try time("time"), frame: try frame("frame"), otherFrames: try frames("other_frames"),
      flow: try flow(), path: try layers(), point: CapturePointHandle(rawValue: try number("point")),
      transmissionMark: try numberIfAny("mark") ?? 0, correlationIdentifier: try textIfAny("correlation"))
  }
}
