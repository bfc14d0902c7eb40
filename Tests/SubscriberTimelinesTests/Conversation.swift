import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages

@testable import SubscriberTimelines

/// Ends of hops, whose messages go straight into the timelines.
struct Conversation {
  var timelines = SubscriberTimelines()
  private var frame: UInt64 = 0
  private var clock: Int64 = 1_000_000_000

  /// Sends a message; `isForward` is from the first end to the second. Returns its frame.
  @discardableResult
  mutating func send(
    _ startLine: String, forward isForward: Bool, _ fields: [String], type: String? = nil, body: [UInt8] = []
  ) throws -> UInt64 {
    try send(startLine, from: isForward ? 1 : 2, to: isForward ? 2 : 1, fields, type: type, body: body)
  }

  /// Sends a message between the ends with these numbers. Returns its frame.
  @discardableResult
  mutating func send(
    _ startLine: String, from source: UInt32, to destination: UInt32, _ fields: [String], type: String? = nil,
    body: [UInt8] = []
  ) throws -> UInt64 {
    frame += 1
    clock += 20_000_000
    var lines = [startLine] + fields
    if let type { lines.append("Content-Type: \(type)") }
    lines.append("Content-Length: \(body.count)")
    let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    func end(_ number: UInt32) -> Endpoint { Endpoint(address: IPAddress(v4: 0x0a00_0000 + number), port: 5060) }
    let flow = Flow(source: end(source), destination: end(destination), transport: .udp)
    timelines.receive(
      Observed(
        message: try SIPMessage(parsing: bytes.rawSpan), time: Timestamp(nanoseconds: clock),
        frame: FrameReference(number: frame), flow: flow, transmissionMark: UInt32(frame)))
    return frame
  }

  /// Sends a Diameter message, from or to port 3868 where one of the ends is number 100 or higher: those are asked.
  mutating func receive(diameter bytes: [UInt8], from source: UInt32, to destination: UInt32) throws -> UInt64 {
    frame += 1
    clock += 20_000_000
    func end(_ number: UInt32) -> Endpoint {
      Endpoint(address: IPAddress(v4: 0x0a00_0000 + number), port: number >= 100 ? 3868 : 5060)
    }
    let flow = Flow(source: end(source), destination: end(destination), transport: .tcp)
    timelines.receive(
      Observed(
        message: try DiameterMessage(parsing: bytes.rawSpan), time: Timestamp(nanoseconds: clock),
        frame: FrameReference(number: frame), flow: flow, transmissionMark: UInt32(frame)))
    return frame
  }

  /// Lets time pass.
  mutating func wait(seconds: Int64) {
    clock += seconds * 1_000_000_000
    timelines.advance(to: Timestamp(nanoseconds: clock))
  }

  /// Ends the input: all records.
  mutating func finish() -> [TimelineRecord] {
    timelines.finish()
    return timelines.takeRecords()
  }
}
