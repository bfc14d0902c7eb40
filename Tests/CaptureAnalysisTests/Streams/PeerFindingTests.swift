import CaptureFacts
import SharedCaptures
import SubscriberTimelines
import Testing

@testable import SampleTraffic

/// What Diameter peers and their associations go through is told: in the report of peers, and as findings.
struct PeerFindingTests {
  private static func analysing(_ play: (inout SCTPScript) -> Void) throws -> CollectedReport {
    var script = SCTPScript()
    play(&script)
    let folder = try TemporaryFolder()
    return try CollectedReport.analysing([folder.write(script.bytes, as: "peers.pcap")])
  }

  private static func open(_ script: inout SCTPScript, isMultiHomed: Bool = false) {
    script.handshake(isMultiHomed: isMultiHomed)
    script.message(.client, PeerMessages.capabilitiesRequest(1))
    script.message(.server, PeerMessages.capabilitiesAnswer(1))
  }

  private static func finding(_ rule: String, _ report: CollectedReport) -> Finding? {
    report.findings.first { $0.rule == rule }
  }

  @Test("capabilities: who the peers are and what they offer (RFC 6733 section 5.3)")
  func capabilities() throws {
    let report = try Self.analysing { script in
      Self.open(&script)
      script.message(.client, PeerMessages.watchdogRequest(2), path: 0)
      script.wait(seconds: 1)
      script.message(.server, PeerMessages.watchdogAnswer(2))
      script.message(.server, PeerMessages.watchdogRequest(3, from: PeerMessages.server))
      script.message(.client, PeerMessages.watchdogAnswer(3, from: PeerMessages.client))
    }
    #expect(report.peers.count == 1)
    let peer = try #require(report.peers.first)
    #expect(peer.client.originHost == PeerMessages.client)
    #expect(peer.client.originRealm == "ims.example")
    #expect(peer.client.productName == "Client of tests")
    #expect(peer.client.applications == [16_777_216])
    #expect(peer.server.originHost == PeerMessages.server)
    #expect(peer.server.productName == "Server of tests")
    #expect(peer.server.applications == [16_777_216, 16_777_217])
    #expect(peer.transport == .sctp)
    #expect(peer.capabilitiesResult == 2001)
    #expect(peer.capabilitiesRequestFrame?.number == 5)
    #expect(peer.capabilitiesAnswerFrame?.number == 7)
    #expect((peer.server.watchdogsReceived, peer.server.watchdogsAnswered) == (1, 1))
    #expect((peer.client.watchdogsReceived, peer.client.watchdogsAnswered) == (1, 1))
    #expect(peer.server.longestSilence == 1_002_000_000)
    #expect(!peer.isTroubled)
    #expect(report.findings.isEmpty)
  }

  @Test("a connection over two paths is one, though the answer takes the other")
  func paths() throws {
    let report = try Self.analysing { script in
      script.handshake(isMultiHomed: true)
      script.message(.client, PeerMessages.capabilitiesRequest(1))
      script.message(.server, PeerMessages.capabilitiesAnswer(1), path: 1)
      script.message(.client, PeerMessages.watchdogRequest(2), path: 1)
      script.message(.server, PeerMessages.watchdogAnswer(2))
    }
    #expect(report.peers.count == 1)
    #expect(report.peers.first?.isTroubled == false)
    let association = try #require(report.summary?.transport.associations.first)
    #expect(report.summary?.transport.associations.count == 1)
    #expect(association.paths.count == 4)
    #expect(association.opener.announcedAddresses == SCTPScript.addresses.map(\.client))
  }

  @Test("a peer that sends nothing though it is asked is silent, and is told once")
  func silence() throws {
    let report = try Self.analysing { script in
      Self.open(&script)
      for number: UInt32 in 2...4 {
        script.message(.client, PeerMessages.watchdogRequest(number))
        script.wait(seconds: 6)
      }
      script.message(.client, PeerMessages.userAuthorization(9))
      script.wait(seconds: 3)
      script.message(.server, PeerMessages.watchdogAnswer(4))
    }
    let finding = try #require(Self.finding("diameter_peer_silent", report))
    #expect(report.findings.count { $0.rule == "diameter_peer_silent" } == 1)
    #expect(finding.text.contains("2 DWR unanswered"))
    #expect(finding.text.contains("10.10.0.2:3868 has sent nothing to"))
    #expect(finding.frames.map(\.number) == [9, 11])
    #expect(finding.severity == .warning)
    #expect(report.peers.first?.server.longestSilence.map { $0 / 1_000_000_000 } == 21)
    #expect(report.peers.first?.server.watchdogsUnanswered == 2)
  }

  @Test("where the capture shows one direction only, silence tells nothing")
  func oneDirection() throws {
    let report = try Self.analysing { script in
      for number: UInt32 in 1...6 {
        script.send(.client, SCTPScript.data(1000 + number, PeerMessages.watchdogRequest(number)))
        script.wait(seconds: 6)
      }
    }
    #expect(report.peers.count == 1)
    #expect(report.findings.isEmpty)
  }

  @Test("DPR with its cause (RFC 6733 section 5.4)", arguments: [(UInt32(0), "REBOOTING"), (1, "BUSY")])
  func disconnect(cause: UInt32, name: String) throws {
    let report = try Self.analysing { script in
      Self.open(&script)
      script.message(.server, PeerMessages.disconnectRequest(7, cause: cause))
      script.message(.client, PeerMessages.disconnectAnswer(7))
    }
    let finding = try #require(Self.finding("diameter_peer_disconnected", report))
    #expect(finding.text.hasSuffix("by DPR: \(name)"))
    #expect(finding.severity == (cause == 1 ? .warning : .note))
    let disconnect = try #require(report.peers.first?.disconnect)
    #expect(!disconnect.isByClient)
    #expect(disconnect.cause == cause)
    #expect((disconnect.requestFrame.number, disconnect.answerFrame?.number) == (9, 11))
  }

  @Test("a CEA that refuses")
  func refusedPeer() throws {
    let report = try Self.analysing { script in
      script.handshake()
      script.message(.client, PeerMessages.capabilitiesRequest(1))
      script.message(.server, PeerMessages.capabilitiesAnswer(1, result: 5010))
    }
    #expect(Self.finding("diameter_peer_refused", report)?.text.contains("5010 DIAMETER_NO_COMMON_APPLICATION") == true)
    #expect(report.peers.first?.isTroubled == true)
  }

  @Test("Origin-State-Id rises: the peer forgot its sessions (RFC 6733 section 8.16)")
  func originState() throws {
    let report = try Self.analysing { script in
      Self.open(&script)
      for (number, state): (UInt32, UInt32) in [(2, 100), (3, 100), (4, 101)] {
        script.message(.client, PeerMessages.watchdogRequest(number))
        script.message(.server, PeerMessages.watchdogAnswer(number, state: state))
      }
    }
    #expect(report.findings.map(\.rule) == ["peer_restarted"])
    #expect(report.findings.first?.text.contains("rose from 100 to 101") == true)
  }

  @Test("an association that is aborted, with the cause by name (RFC 9260 section 3.3.10)")
  func abort() throws {
    let report = try Self.analysing { script in
      Self.open(&script)
      script.send(.server, SCTPScript.abort(cause: 12))
    }
    let finding = try #require(Self.finding("association_aborted", report))
    #expect(
      finding.text == "HSS 10.10.0.2:3868 aborted its SCTP association with I-CSCF 10.10.0.1: User-Initiated Abort")
    #expect(finding.frames.map(\.number) == [9])
    let association = try #require(report.summary?.transport.associations.first)
    #expect(association.ending == .aborted(cause: 12))
    #expect(association.endingFrame?.number == 9)
  }

  @Test("heartbeats of one path that fail: the path is down")
  func heartbeats() throws {
    let report = try Self.analysing { script in
      Self.open(&script, isMultiHomed: true)
      for number: UInt32 in 1...4 {
        script.wait(seconds: 30)
        script.send(.client, SCTPScript.heartbeat(4, number))
        script.send(.server, SCTPScript.heartbeat(5, number))
        script.send(.client, path: 1, SCTPScript.heartbeat(4, 100 + number))
      }
    }
    #expect(report.findings.map(\.rule) == ["path_down"])
    // Told while it goes on: two have failed by then.
    #expect(
      report.findings.first?.text
        == "HSS 10.11.0.2:3868 did not answer 3 heartbeats of I-CSCF 10.11.0.1: the SCTP path between them is down")
    let paths = report.summary?.transport.associations.first?.paths ?? []
    #expect(paths.map(\.heartbeatsUnanswered).max().map { $0 >= 3 } == true)
  }

  @Test("an association that restarts (RFC 9260 section 5.2)")
  func restart() throws {
    let report = try Self.analysing { script in
      Self.open(&script)
      (script.clientTag, script.serverTag) = (0x1111_0002, 0x2222_0001)
      script.clientNumber = 9000
      script.send(.client, isZeroTagged: true, SCTPScript.initiation(1, tag: script.clientTag, first: 9000))
      script.serverTag = 0x2222_0002
      script.serverNumber = 7000
      script.send(.server, SCTPScript.initiation(2, tag: script.serverTag, first: 7000))
      script.send(.client, SCTPScript.chunk(10, [1, 2, 3, 4]))
      script.send(.server, SCTPScript.chunk(11, []))
      script.message(.client, PeerMessages.capabilitiesRequest(11))
      script.message(.server, PeerMessages.capabilitiesAnswer(11))
    }
    #expect(report.findings.map(\.rule) == ["association_restarted"])
    #expect(report.coverage.diameterMessages == 4)
    #expect(report.peers.first?.capabilitiesExchanges == 2)
    #expect(report.summary?.transport.associations.first?.restarts == 1)
  }

  @Test("an INIT that nobody answers, and one that is refused")
  func openings() throws {
    let unanswered = try Self.analysing { script in
      for _ in 0..<3 {
        script.send(.client, isZeroTagged: true, SCTPScript.initiation(1, tag: 1, first: 1))
        script.wait(seconds: 3)
      }
    }
    #expect(unanswered.findings.map(\.rule) == ["connection_unanswered"])
    #expect(unanswered.summary?.transport.associations.first?.ending == .unanswered)
    let refused = try Self.analysing { script in
      script.send(.client, isZeroTagged: true, SCTPScript.initiation(1, tag: script.clientTag, first: 1))
      script.send(.server, SCTPScript.abort(cause: 4))
    }
    #expect(refused.findings.map(\.rule) == ["connection_refused"])
    #expect(refused.summary?.transport.associations.first?.ending == .refused(cause: 4))
  }

  @Test("associations of other protocols are listed, and are no finding")
  func otherProtocols() throws {
    let report = try Self.analysing { script in
      script.serverPort = 36412
      script.handshake()
      script.message(.client, [0, 0x11, 0, 1, 2, 3], identifier: 18)
      script.send(.server, SCTPScript.abort(cause: 12))
    }
    #expect(report.findings.isEmpty)
    #expect(report.summary?.transport.associations.first?.opener.payloads.map(\.identifier) == [18])
  }

  @Test("a flood of requests is a few findings, and is counted")
  func flood() throws {
    var file = CaptureFileWriter(format: .pcap, linkType: LinkType(rawValue: 101))
    let options = Array("OPTIONS sip:a@10.50.0.10 SIP/2.0\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n".utf8)
    let server = IPAddress(v4: 0x0a32_000a)
    var encoder = PacketEncoder(link: .rawIP, tunnel: nil)
    let client = Endpoint(address: IPAddress(v4: 0x0a33_0001), port: 5060)
    for frame in encoder.datagram(from: client, to: Endpoint(address: server, port: 5060), payload: options) {
      file.append(frame, at: Timestamp(nanoseconds: 1_772_352_000_000_000_000))
    }
    StreamAttack.halfOpen.write(packets: 100) { file.append($0, at: $1.advanced(byNanoseconds: 1_000_000)) }
    let folder = try TemporaryFolder()
    let report = try CollectedReport.analysing([folder.write(file.bytes, as: "flood.pcap")])
    let findings = report.findings.filter { $0.rule == "connection_unanswered" }
    #expect(findings.count == 9)
    #expect(findings.last?.text.contains("92 other pairs of hosts") == true)
    #expect(report.summary?.transport.incidents.count == 100)
  }
}
