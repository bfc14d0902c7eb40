import ByteReading
import SharedCaptures
import Testing

@testable import SIPMessages

/// Parameters (RFC 3261 section 25.1, `generic-param`), however they are written.
struct ParameterReaderTests {
  /// Name and value of each, nil for a value that is not there, and whether an empty one was passed over.
  private static func read(_ text: String) -> (parameters: [[String?]], sawEmpty: Bool) {
    let bytes = Array(text.utf8)
    var reader = ParameterReader(bytes.rawSpan, in: 0..<bytes.count)
    var parameters: [[String?]] = []
    while let parameter = reader.next() {
      let value = String(decoding: bytes[parameter.value], as: UTF8.self)
      parameters.append([
        String(decoding: bytes[parameter.name], as: UTF8.self), parameter.hasValue ? value : nil,
      ])
    }
    return (parameters, reader.sawEmpty)
  }

  @Test(
    "what is read of a text",
    arguments: [
      (";branch=z9hG4bK7;rport", [["branch", "z9hG4bK7"], ["rport", nil]], false),
      // A second `=` belongs to the value.
      (";tag=a=b;lr", [["tag", "a=b"], ["lr", nil]], false),
      (";tag=", [["tag", ""]], false),
      (";=x", [["", "x"]], false),
      // EQUAL and SEMI take white space around them, folded lines included.
      ("; tag = a ;\tlr", [["tag", "a"], ["lr", nil]], false),
      (";tag=a\r\n ;lr", [["tag", "a"], ["lr", nil]], false),
      // What is quoted or in brackets hides separators.
      (";a=\"x;y=\\\"z\";b=<c;d>;e", [["a", "\"x;y=\\\"z\""], ["b", "<c;d>"], ["e", nil]], false),
      (";a=b;;c", [["a", "b"], ["c", nil]], true),
      (";a=b;", [["a", "b"]], true),
      (";", [], true),
      ("", [], false),
      (";na\u{ef}ve=\u{20ac}", [["na\u{ef}ve", "\u{20ac}"]], false),
    ] as [(String, [[String?]], Bool)])
  func texts(_ text: String, _ parameters: [[String?]], _ sawEmpty: Bool) {
    let found = ParameterReaderTests.read(text)
    #expect(found.parameters == parameters)
    #expect(found.sawEmpty == sawEmpty)
  }

  @Test("white space around names and values changes nothing", arguments: 0..<200 as Range<UInt64>)
  func spaces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func letters(_ text: String, _ counts: ClosedRange<Int>) -> String {
      String((0..<Int.random(in: counts, using: &random)).compactMap { _ in text.randomElement(using: &random) })
    }
    var plain = ""
    var spaced = ""
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let name = letters("abcxyz-.!%", 1...5)
      let value = Int.random(in: 0..<3, using: &random) == 0 ? nil : letters("0aZ:[]@=/?+", 0...6)
      plain += ";" + name + (value.map { "=" + $0 } ?? "")
      spaced += " ;\t" + name + (value.map { " = " + $0 } ?? "") + (Bool.random(using: &random) ? " " : "")
    }
    #expect(ParameterReaderTests.read(plain).parameters == ParameterReaderTests.read(spaced).parameters, "\(plain)")
  }
}
