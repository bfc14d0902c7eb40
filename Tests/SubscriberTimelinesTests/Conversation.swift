import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages
import SharedCaptures

@testable import SubscriberTimelines

/// Ends of hops, whose messages go straight into the timelines.
struct Conversation {
  var timelines = SubscriberTimelines()
  private var frame: UInt64 = 0
  private var clock: Int64 = 1_000_000_000
  private let capture = KeptInputs.areWanted ? ConversationCapture() : nil

  /// The IPv4 address of the end with a number.
  static func address(of number: UInt32) -> UInt32 { 0x0a00_0000 + number }

  /// Where an end speaks Diameter: those with number 100 or higher are asked.
  static func diameterPort(of number: UInt32) -> Int { number >= 100 ? 3868 : 5060 }

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
    capture?.add(sip: bytes, from: source, to: destination, at: clock)
    func end(_ number: UInt32) -> Endpoint { Endpoint(address: IPAddress(v4: Self.address(of: number)), port: 5060) }
    let flow = Flow(source: end(source), destination: end(destination), transport: .udp)
    timelines.receive(
      Observed(
        message: try SIPMessage(parsing: bytes.rawSpan), time: Timestamp(nanoseconds: clock),
        frame: FrameReference(number: frame), flow: flow, transmissionMark: UInt32(frame)))
    return frame
  }

  /// Sends a Diameter message.
  mutating func receive(diameter bytes: [UInt8], from source: UInt32, to destination: UInt32) throws -> UInt64 {
    frame += 1
    clock += 20_000_000
    capture?.add(diameter: bytes, from: source, to: destination, at: clock)
    func end(_ number: UInt32) -> Endpoint {
      Endpoint(address: IPAddress(v4: Self.address(of: number)), port: UInt16(Self.diameterPort(of: number)))
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
