import Foundation
import SampleTraffic
import SharedCaptures
import Testing

/// Exported packets of which ESP was opened, read by tshark without keys, against the capture read with them.
@Suite(.needsTshark) struct DecryptedExportTests {
  /// tshark does not read GMAC without encryption; the next test has it.
  private static let names = Scenario.all.map(\.name).filter {
    $0.hasPrefix("protected_") && $0 != "protected_null_gmac"
  }
  private static let fields = ["frame.time_epoch", "sip.Call-ID", "sip.CSeq", "sip.Status-Code"]
  private static let announced = Tshark.announcing("sip", on: [4060, 5062, 5063, 5064, 6060], overUDP: true)

  @Test("what was in ESP is written in place of it, whatever the algorithm and the mode", arguments: names)
  func scenario(_ name: String) throws {
    let generated = try #require(Scenario.named(name)).play()
    let folder = try TemporaryFolder()
    let capture = try folder.write(generated.files[0], as: "capture.pcap")
    let written = folder.url.appending(path: "written.pcapng")
    let ending = try BuiltCommand.run(["export", "--pcap", written.path, "--decrypted", capture.path])
    #expect(ending.status == 0 && ending.errors.isEmpty)
    let keys = Tshark.arguments(withAssociations: generated.securityAssociations)
    let expected = try Tshark.fields(
      Self.fields, of: capture, filter: "sip", arguments: Self.announced + keys)
    let inside = try Tshark.lines(["-n", "-r", capture.path, "-Y", "esp and sip"] + Self.announced + keys).count
    #expect(inside >= 10)
    #expect(try Tshark.fields(Self.fields, of: written, filter: "sip", arguments: Self.announced) == expected)
    #expect(try Tshark.lines(["-n", "-r", written.path, "-Y", "esp"]).isEmpty)
    let checked = ["ip.check_checksum:TRUE", "udp.check_checksum:TRUE", "tcp.check_checksum:TRUE"]
    let wrong = try Tshark.fields(
      ["frame.number"], of: written,
      filter: "ip.checksum.status == \"Bad\" or udp.checksum.status == \"Bad\" or tcp.checksum.status == \"Bad\"",
      preferences: checked)
    #expect(wrong.isEmpty)
    // Without the option packets stay as they are.
    #expect(try BuiltCommand.run(["export", "--pcap", written.path, capture.path]).status == 0)
    #expect(try !Tshark.lines(["-n", "-r", written.path, "-Y", "esp"]).isEmpty)
  }

  @Test("ESP that tshark cannot read with its keys is read like another of the same dialogs") func authenticationOnly()
    throws
  {
    func messages(_ name: String) throws -> [[[Substring]]] {
      let folder = try TemporaryFolder()
      let capture = try folder.write(try #require(Scenario.named(name)).play().files[0], as: "capture.pcap")
      let written = folder.url.appending(path: "written.pcapng")
      #expect(try BuiltCommand.run(["export", "--pcap", written.path, "--decrypted", capture.path]).status == 0)
      return try Tshark.fields(
        ["ip.src", "ip.dst", "sip.CSeq", "sip.Status-Code"], of: written, filter: "sip", arguments: Self.announced)
    }
    let read = try messages("protected_null_gmac")
    #expect(try read.count > 60 && read == messages("protected_null_sha1"))
  }
}
