import Foundation
import SharedCaptures
import Testing

/// The recording with ESP, exported with its packets opened: tshark without keys reads what it reads in the recording with
/// the keys that the UEs logged.
@Suite(.needsTshark, .needsSharedCaptures) struct DecryptedRecordingTests {
  @Test func recording() throws {
    let capture = SharedCaptures.file("realcore/19_ipsec.pcap")
    let folder = try TemporaryFolder()
    let written = folder.url.appending(path: "written.pcapng")
    let ending = try BuiltCommand.run(["export", "--pcap", written.path, "--decrypted", capture.path])
    #expect(ending.status == 0 && ending.errors.isEmpty)
    let fields = ["frame.time_epoch", "sip.Call-ID", "sip.CSeq", "sip.Status-Code"]
    let ports = AnnouncedPorts.arguments
    let expected = try Tshark.fields(
      fields, of: capture, filter: "sip and not sip.Method == OPTIONS",
      arguments: ports + RecordedAssociation.arguments(besideCapture: capture))
    #expect(expected.count > 60)
    #expect(
      try Tshark.fields(fields, of: written, filter: "sip and not sip.Method == OPTIONS", arguments: ports) == expected)
    #expect(try Tshark.lines(["-n", "-r", written.path, "-Y", "esp"]).isEmpty)
  }
}
