import CaptureFacts
import Foundation
import Testing

@testable import Reports

@Suite struct JSONWriterTests {
  private func written(_ write: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    write(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test(
    "RFC 8259 section 7: what must be escaped is, and what could act on a terminal",
    arguments: [
      ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#), ("\u{1b}[31m", #""\u001b[31m""#),
      ("\u{0}", #""\u0000""#), ("\u{7f}", #""\u007f""#), ("\u{9b}1m", #""\u009b1m""#), ("é ☎ 𝄞", #""é ☎ 𝄞""#),
      ("\u{2028}", #""\u2028""#), ("a\u{202e}b", #""a\u202eb""#), ("</script>", #""</script>""#),
    ])
  func escaping(_ text: String, _ expected: String) {
    #expect(written { $0.value(text) } == expected)
  }

  @Test("invalid UTF-8 becomes U+FFFD") func invalidBytes() {
    #expect(
      written { $0.value(String(decoding: [0x61, 0xff, 0xc3, 0x62] as [UInt8], as: UTF8.self)) }
        == "\"a\u{fffd}\u{fffd}b\"")
  }

  @Test("each byte at each place of a text that is given as bytes is written as if the text were made of them first")
  func eachByte() {
    for place in 0..<20 {
      for byte in UInt8.min...UInt8.max {
        var bytes = Array(repeating: UInt8(ascii: "a"), count: 20)
        bytes[place] = byte
        var (plain, made) = (JSONWriter(), JSONWriter())
        plain.value(bytes.span.bytes, in: 0..<bytes.count)
        made.value(String(decoding: bytes, as: UTF8.self))
        #expect(plain.bytes == made.bytes, "\(byte) at \(place)")
      }
    }
  }

  @Test("any bytes make a document that another reader takes for the same text", arguments: 0..<50)
  func anyBytes(seed: UInt64) throws {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    let bytes = (0..<200).map { _ -> UInt8 in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state >> 32)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let document = written { $0.value(text) }
    let read = try JSONSerialization.jsonObject(with: Data(document.utf8), options: .fragmentsAllowed) as? String
    #expect(read == text)
    #expect(!document.utf8.contains { $0 < 0x20 || $0 == 0x7f })
  }

  @Test(
    "milliseconds have up to six places and no noise",
    arguments: [
      (0, "0"), (1, "0.000001"), (1_500_000, "1.5"), (123_456_789, "123.456789"), (-2_000_000, "-2"),
      (-1, "-0.000001"), (60_000_000_000, "60000"), (Int64.max, "9223372036854.775807"),
      (Int64.min, "-9223372036854.775808"),
    ] as [(Int64, String)])
  func milliseconds(_ nanoseconds: Int64, _ expected: String) {
    #expect(written { $0.value(decimal: nanoseconds, digits: 6) } == expected)
  }

  @Test(
    "RFC 3339 in UTC with nine digits, over the whole range",
    arguments: [
      (0, "1970-01-01T00:00:00.000000000Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
      (951_782_400_000_000_000, "2000-02-29T00:00:00.000000000Z"),
      (4_107_542_399_999_999_999, "2100-02-28T23:59:59.999999999Z"),
      (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000000Z"),
      (1_790_000_000_123_456_789, "2026-09-21T14:13:20.123456789Z"),
      (Int64.max, "2262-04-11T23:47:16.854775807Z"), (Int64.min, "1677-09-21T00:12:43.145224192Z"),
    ] as [(Int64, String)])
  func times(_ nanoseconds: Int64, _ expected: String) {
    var bytes: [UInt8] = []
    bytes.appendTime(Timestamp(nanoseconds: nanoseconds))
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test("commas stand between values and members, and nowhere else") func commas() {
    let document = written { json in
      json.beginObject()
      json.member("a", 1)
      json.member("b", [] as [String])
      json.member("c", ["x", "y"])
      json.member("d", object: { _ in })
      json.member("e", true)
      json.endObject()
    }
    #expect(document == #"{"a":1,"b":[],"c":["x","y"],"d":{},"e":true}"#)
  }
}
