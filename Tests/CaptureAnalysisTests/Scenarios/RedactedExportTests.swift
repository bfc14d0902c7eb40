import Foundation
import SampleTraffic
import SharedCaptures
import Testing

/// Exported packets without secrets: what tshark reads as secrets in a composed capture is searched for in what was written,
/// piece by piece, for it may be spread over segments, chunks and fragments.
@Suite(.needsTshark) struct RedactedExportTests {
  private static let announced = Tshark.announcing("sip", on: [4060, 5062, 5063, 5064, 6060], overUDP: true)
  /// What is still a secret when no more of it is known.
  private static let piece = 6

  private struct Export {
    let folder: TemporaryFolder
    let capture: URL
    let keys: [String]
    let written: URL

    init(_ name: String) throws {
      let generated = try #require(Scenario.named(name)).play()
      folder = try TemporaryFolder()
      capture = try folder.write(generated.files[0], as: "capture.pcap")
      keys = Tshark.arguments(withAssociations: generated.securityAssociations)
      written = folder.url.appending(path: "written.pcapng")
    }

    func write(_ options: String...) throws -> Data {
      let ending = try BuiltCommand.run(["export", "--pcap", written.path] + options + [capture.path])
      #expect(ending.status == 0 && ending.errors.isEmpty)
      return try Data(contentsOf: written)
    }

    func fields(_ fields: [String], of file: URL, _ filter: String) throws -> [[[Substring]]] {
      try Tshark.fields(fields, of: file, filter: filter, arguments: announced + (file == capture ? keys : []))
    }

    /// Digests and keys of SIP, of SDP, and the AVPs 121, 610, 625 and 626.
    func secrets() throws -> Set<Data> {
      var secrets: Set<Data> = []
      for row in try fields(
        ["sip.auth.digest.response", "sip.WWW-Authenticate", "sdp.media_attribute.value"], of: capture, "sip")
      {
        for value in row[0] { secrets.insert(Data(value.filter { $0 != "\"" }.utf8)) }
        for match in row[1].joined().matches(of: /[ci]k="([0-9a-f]+)"/) { secrets.insert(Data(match.1.utf8)) }
        for value in row[2] {
          if let match = value.firstMatch(of: /inline:([^|]+)/) { secrets.insert(Data(match.1.utf8)) }
        }
      }
      for row in try fields(["diameter.avp.code", "diameter.avp"], of: capture, "diameter") {
        for (code, value) in zip(row[0], row[1]) where ["121", "610", "625", "626"].contains(code) {
          let bytes = stride(from: 0, to: value.count - 1, by: 2).compactMap {
            UInt8(value.dropFirst($0).prefix(2), radix: 16)
          }
          let value = Data(bytes.dropFirst(bytes[4] & 0x80 == 0 ? 8 : 12))
          // RAND and AUTS (TS 29.229 clause 6.3.11): RAND stands in the challenge, too, and is no secret.
          secrets.insert(code == "610" && value.count >= 30 ? Data(value.dropFirst(16).prefix(14)) : value)
        }
      }
      return secrets.filter { $0.count >= RedactedExportTests.piece }
    }
  }

  /// Whether any piece of a secret is in the file.
  private func pieces(of secrets: Set<Data>, in file: Data) -> [Data] {
    var pieces: Set<Data> = []
    for secret in secrets {
      for start in 0...secret.count - Self.piece { pieces.insert(Data(Array(secret)[start..<start + Self.piece])) }
    }
    return pieces.filter { file.range(of: $0) != nil }
  }

  @Test(
    "no piece of a secret is left, and everything else reads as it did",
    arguments: [
      "register", "register_digest", "register_resynchronisation", "register_security_agreement", "sip_over_tcp",
      "ip_fragments", "version6", "cx_over_sctp", "vlan", "linux_cooked", "gtp_tunnel", "tcp_trouble", "mirror_copies",
      "media_secured", "relay_agent", "protected_aes_cbc", "protected_null_sha1", "protected_tcp",
      "protected_udp_encapsulated", "protected_in_gtp", "protected_version6",
    ])
  func secrets(_ name: String) throws {
    let export = try Export(name)
    let secrets = try export.secrets()
    #expect(!secrets.isEmpty)
    let plain = try export.write("--decrypted")
    #expect(secrets.contains { plain.range(of: $0) != nil })
    let fields = [
      "frame.time_epoch", "frame.len", "sip.Method", "sip.Status-Code", "sip.Call-ID", "diameter.cmd.code",
      "diameter.Session-Id", "udp.length", "tcp.seq_raw", "sctp.data_tsn",
    ]
    // Of a tunnel in fragments nobody knows what lies where: these have no content.
    let isReadable = !name.hasSuffix("_in_gtp") && name != "gtp_tunnel"
    let compared = isReadable ? fields : ["frame.time_epoch", "frame.len"]
    let expected = try export.fields(compared, of: export.written, "frame")
    let redacted = try export.write("--redact")
    #expect(redacted.count == plain.count)
    #expect(pieces(of: secrets, in: redacted).isEmpty)
    #expect(try export.fields(compared, of: export.written, "frame") == expected)
    let wrong = try Tshark.fields(
      ["frame.number"], of: export.written,
      filter: ["ip", "udp", "tcp", "sctp"].map { "\($0).checksum.status == \"Bad\"" }.joined(separator: " or "),
      preferences: [
        "ip.check_checksum:TRUE", "udp.check_checksum:TRUE", "tcp.check_checksum:TRUE", "sctp.checksum:CRC-32C",
      ])
    #expect(wrong.isEmpty)
  }

  @Test("packets whose content is not read are written without it") func webSocket() throws {
    let export = try Export("sip_over_websocket")
    let secrets = try export.secrets()
    let redacted = try export.write("--redact")
    #expect(!secrets.isEmpty && pieces(of: secrets, in: redacted).isEmpty)
  }

  @Test("texts of MESSAGE and of short messages are zeroed") func texts() throws {
    let message = try Export("instant_message")
    let text = Data("See you at eight.".utf8)
    #expect(try message.write().range(of: text) != nil)
    #expect(try message.write("--redact").range(of: text) == nil)
    let short = try Export("sms_over_ip")
    _ = try short.write()
    #expect(try !short.fields(["gsm_sms.sms_text"], of: short.written, "gsm_sms.sms_text").isEmpty)
    _ = try short.write("--redact")
    #expect(try short.fields(["gsm_sms.sms_text"], of: short.written, "gsm_sms.sms_text").isEmpty)
  }
}
