import Foundation
import SharedCaptures
import Testing

@Suite struct CorrelateCommandTests {
  private static let samples = SharedCaptures.packageDirectory.appending(path: "SampleCaptures").path

  private func stream(of sample: String) throws -> [Substring] {
    let ending = try BuiltCommand.run(["messages", "--for-correlation", "\(Self.samples)/\(sample)"])
    #expect(ending.status == 0 && ending.errors.isEmpty)
    return ending.text.split(separator: "\n")
  }

  private func correlate(_ lines: [Substring], cut: Int = 0, _ arguments: [String] = []) throws -> BuiltCommand.Ending {
    let text = lines.joined(separator: "\n") + "\n"
    return try BuiltCommand.run(["correlate", "-"] + arguments, input: Data(text.utf8.dropLast(cut)))
  }

  @Test(
    "through a pipe it is, byte for byte, what analyze writes",
    arguments: ["19_ipsec.pcap", "17_cx_sctp.pcap"], ["text", "json", "ndjson"])
  func pipe(_ sample: String, _ format: String) throws {
    let capture = "\(Self.samples)/\(sample)"
    let wanted = try BuiltCommand.run(["analyze", "--format", format, capture])
    let found = try BuiltCommand.shell(
      "$IMSTRACE messages --for-correlation '\(capture)' | $IMSTRACE correlate --format \(format) -")
    #expect(found.status == 0 && found.errors.isEmpty)
    #expect(found.output == wanted.output)
  }

  @Test(
    "the tables and show take streams, too",
    arguments: [
      "registrations --format csv", "nodes", "subscribers --format json", "calls -Y failed", "messages",
      "show $($IMSTRACE calls --format json $C | jq -r '.calls[0].id')",
    ])
  func tables(_ command: String) throws {
    let capture = "\(Self.samples)/03_call_cancelled.pcap"
    let wanted = try BuiltCommand.shell("$IMSTRACE \(command) '\(capture)'", environment: ["C": capture])
    let found = try BuiltCommand.shell(
      "$IMSTRACE messages --for-correlation '\(capture)' > $T; $IMSTRACE \(command) --correlated $T; S=$?; rm $T; exit $S",
      environment: [
        "C": capture,
        "T": FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString).path,
      ])
    #expect(wanted.status == 0 && found.status == 0 && found.errors.isEmpty && !found.output.isEmpty)
    #expect(found.output == wanted.output)
  }

  @Test(
    "every line is valid", .enabled(if: SchemaValidator.isPresent, "python3 with jsonschema is not installed"),
    arguments: ["17_cx_sctp.pcap", "19_ipsec.pcap", "generated_many_failures.pcap"])
  func schema(_ sample: String) throws {
    let text = try stream(of: sample).joined(separator: "\n")
    #expect(try SchemaValidator.errors(in: Data(text.utf8), against: "correlation") == "")
  }

  @Test("a stream that was cut in a line is read up to there, with a warning") func cut() throws {
    let lines = try stream(of: "01_register_udp.pcap")
    let ending = try correlate(lines, cut: 25)
    #expect(ending.status == 0)
    #expect(
      ending.errors == "imstrace: standard input: the stream is cut behind line \(lines.count - 1): "
        + "what came before is shown\n")
    #expect(ending.text.contains("REGISTRATIONS 1: 1 accepted"))
    // Without a line of its own that is cut.
    #expect(try correlate(lines.dropLast()).errors.contains("cut behind line \(lines.count - 1)"))
  }

  private func expectFailure(_ lines: [Substring], _ message: String) throws {
    let ending = try correlate(lines)
    #expect(ending.status == 2)
    #expect(ending.errors == "imstrace: standard input: \(message)\n")
  }

  @Test("what is damaged ends the run with the number of its line") func damaged() throws {
    let lines = try stream(of: "01_register_udp.pcap")
    #expect(lines.count > 10)
    var wrong = lines
    wrong[4] = "{\"type\":\"sip\","
    try expectFailure(wrong, "line 5: is no object of JSON")
    wrong[4] = "{\"type\":\"dream\",\"reading\":999999}"
    try expectFailure(wrong, "line 5: there is no line of type dream")
    wrong[4] = "[1]"
    try expectFailure(wrong, "line 5: is no object of JSON")
    wrong = lines
    wrong.append(lines[2])
    try expectFailure(wrong, "line \(wrong.count): there is a line behind the trailer")
    wrong = lines
    let version = lines[0].replacing("\"1.1\"", with: "\"2.0\"")
    wrong[0] = version[...]
    try expectFailure(wrong, "line 1: the stream is of version 2.0; 1.1 can be read")
    try expectFailure(
      Array(lines.dropFirst()), "line 1: is no header of a stream; messages --for-correlation writes one")
  }

  @Test("lines out of order are refused") func order() throws {
    var lines = try stream(of: "01_register_udp.pcap")
    let messages = lines.indices.filter { lines[$0].contains("\"type\":\"sip\"") }
    lines.swapAt(messages[0], messages[2])
    let ending = try correlate(lines)
    #expect(ending.status == 2)
    #expect(ending.errors.contains("line \(messages[0] + 2): frame ") && ending.errors.contains("out of order"))
  }

  @Test("a capture is no stream, and an empty input is none") func others() throws {
    let capture = try BuiltCommand.run(["correlate", "\(Self.samples)/01_register_udp.pcap"])
    #expect(capture.status == 2 && capture.errors.contains("line 1: is no object of JSON"))
    let nothing = try BuiltCommand.run(["correlate", "-"])
    #expect(nothing.status == 2 && nothing.errors.contains("holds no stream"))
    #expect(try BuiltCommand.run(["correlate", "/nowhere/s"]).status == 2)
  }

  @Test(
    "options that have no meaning are refused",
    arguments: [
      "messages --for-correlation -Y failed", "messages --for-correlation --format json", "correlate -f udp",
      "messages --correlated --show-secrets keys", "correlate -c 3", "messages --mask-key /dev/null",
    ])
  func options(_ arguments: String) throws {
    let ending = try BuiltCommand.run(
      arguments.split(separator: " ").map(String.init) + ["\(Self.samples)/01_register_udp.pcap"])
    #expect(ending.status == 2 && ending.output.isEmpty)
  }

  @Test(
    "the stream shows no secret that messages --show-secrets shows",
    arguments: [
      "19_ipsec.pcap", "18_aka_resync.pcap", "generated_answered_call.pcap",
    ])
  func secrets(_ sample: String) throws {
    // What is behind the names of the secret AVPs and parameters, from the rendering that shows them.
    let shown = try BuiltCommand.shell(
      """
      $IMSTRACE messages --detail full --format ndjson --show-secrets keys --show-secrets credentials \
        '\(Self.samples)/\(sample)' | jq -r '.. | objects |
          ((select(.name? == "SIP-Authorization" or .name? == "Confidentiality-Key" or .name? == "Integrity-Key")
            | .value), (.response?, .auts?, .ck?, .ik?)) | select(type == "string" and length > 15)' | sort -u
      """)
    let secrets = shown.text.split(separator: "\n")
    #expect(!secrets.isEmpty)
    let lines = try stream(of: sample)
    let stream = lines.joined(separator: "\n")
    // Diameter travels as base64: what is inside, in hexadecimal as secrets are shown.
    let plain = try lines.compactMap { line -> String? in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let text = object?["base64"] as? String, let bytes = Data(base64Encoded: text) else { return nil }
      return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }.joined(separator: "\n")
    #expect(!plain.isEmpty)
    for secret in secrets {
      #expect(!stream.contains(secret), "\(secret)")
      #expect(!plain.contains(secret.lowercased()), "\(secret)")
    }
  }
}
