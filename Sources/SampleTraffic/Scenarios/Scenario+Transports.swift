import CaptureFacts

extension Scenario {
  /// The same signalling in other transports and encapsulations.
  static let transports: [Scenario] = [
    transportScenario("sip_over_tcp", "SIP over TCP on every hop, Gm included") { stage in
      stage.network.sipTransport = .connections
    },
    Scenario("sip_over_websocket", "Gm over WebSocket: upgrade, masking, messages in fragments, control frames") {
      stage in
      stage.network.sipTransport = .datagrams
      stage.openPeers()
      var caller = stage.network.subscriber(1)
      caller.equipment.edgeTransport = .webSocket
      let callee = stage.network.subscriber(2)
      stage.register(RegistrationPlan(caller))
      stage.wait(milliseconds: 200)
      stage.register(RegistrationPlan(callee))
      stage.wait(milliseconds: 500)
      stage.call(CallPlan(caller, callee))
    },
    transportScenario("ip_fragments", "SIP over UDP always: large requests in IP fragments") { stage in
      stage.network.sipTransport = .datagrams
    },
    transportScenario("version6", "Everything over IPv6, large requests in fragments") { stage in
      stage.network = .version6()
      stage.network.sipTransport = .datagrams
    },
    transportScenario("cx_over_sctp", "Cx over SCTP, multi-homed, user data over several DATA chunks") { stage in
      stage.network.diameterTransport = .sctp
    },
    transportScenario("vlan", "Frames with an IEEE 802.1Q tag") { $0.capture.link = .vlan(identifier: 42) },
    transportScenario("linux_cooked", "Linux cooked capture") { $0.capture.link = .linuxCooked },
    transportScenario("linux_cooked_v2", "Linux cooked capture, version 2") {
      $0.capture.link = .linuxCookedVersion2
    },
    transportScenario("raw_ip", "Packets without a link header") { $0.capture.link = .rawIP },
    transportScenario("loopback", "All nodes on one address, captured on the loopback") { stage in
      stage.network = .singleAddress()
      stage.capture.link = .loopback
    },
    transportScenario("gtp_tunnel", "Gm inside GTP-U, fragments inside the tunnel") { stage in
      stage.network.sipTransport = .datagrams
      stage.capture.tunnel = PacketTunnel(
        inside: Set((1...2).map { stage.network.subscriber($0).equipment.endpoint.address }),
        access: IPAddress(v4: 0x0a3d_0001), gateway: IPAddress(v4: 0x0a3d_0002))
    },
    Scenario("tcp_trouble", "TCP segments small, out of order and repeated; two answers in one segment") { stage in
      stage.network.sipTransport = .connections
      stage.openPeers()
      let users = stage.registeredPair()
      stage.manner = .segmented(200)
      stage.register(RegistrationPlan(users.0, kind: .reRegistration))
      stage.sendTroubled(users.1)
    },
  ]

  private static func transportScenario(
    _ name: String, _ summary: String, prepare: @escaping @Sendable (inout Stage) -> Void
  ) -> Scenario {
    Scenario(name, summary) { stage in
      prepare(&stage)
      stage.openPeers()
      let users = stage.network.callers
      stage.register(RegistrationPlan(users.0))
      stage.wait(milliseconds: 200)
      stage.register(RegistrationPlan(users.1))
      stage.wait(milliseconds: 500)
      stage.call(CallPlan(users.0, users.1))
    }
  }
}
