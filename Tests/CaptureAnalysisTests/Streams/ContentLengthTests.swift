import CaptureFacts
import Testing

@testable import CaptureAnalysis
@testable import SampleTraffic

/// A Content-Length that promises more than comes (RFC 3261 section 18.3) holds nothing back for good.
struct ContentLengthTests {
  @Test("where the stream ends, the message is handed on as it stands, and counted as cut")
  func endOfStream() {
    for ending: UInt8 in [0, 1, 4] {
      var harness = StreamHarness()
      let bytes = KnownMessages.message(1, promises: 5000, body: "short")
      harness.segment(sequence: 99, flags: 2)
      harness.segment(sequence: 100, bytes)
      if ending != 0 { harness.segment(sequence: 100 + UInt32(bytes.count), flags: ending) }
      harness.finish()
      #expect(harness.streams.messages.bytes == [bytes])
      #expect(harness.streams.messages.anomalies.count(of: .messageTruncated) == 1)
    }
  }

  @Test(
    "where another message follows, both come, whatever the promise", arguments: [60, 5000, 200_000, 4_000_000_000])
  func nextMessage(length: Int) {
    var harness = StreamHarness()
    let messages = (1...4).map { KnownMessages.message($0, promises: $0 == 1 ? length : 5, body: "short") }
    var sequence: UInt32 = 100
    harness.segment(sequence: 99, flags: 2)
    for message in messages {
      harness.segment(sequence: sequence, message)
      sequence += UInt32(message.count)
    }
    harness.finish()
    let calls = harness.streams.messages.bytes.map { String(decoding: $0, as: UTF8.self) }
      .compactMap { text in text.split(separator: "\r\n").first { $0.hasPrefix("Call-ID") } }
    #expect(calls == ["Call-ID: 1", "Call-ID: 2", "Call-ID: 3", "Call-ID: 4"], "\(length)")
  }
}
