import CaptureFacts

extension Scenario {
  /// Two UEs register and one calls the other; all that passes between them and the P-CSCF after their challenge is in
  /// ESP (TS 33.203).
  static let protections: [Scenario] = [
    protectionScenario("protected_null_md5", "Gm in ESP: no encryption, HMAC-MD5-96", .nullMD5),
    protectionScenario("protected_null_sha1", "Gm in ESP: no encryption, HMAC-SHA-1-96", .nullSHA1),
    protectionScenario("protected_null_gmac", "Gm in ESP: no encryption, AES-GMAC", .nullGMAC),
    protectionScenario("protected_des_ede3_cbc", "Gm in ESP: DES-EDE3-CBC, HMAC-MD5-96", .tripleDESMD5),
    protectionScenario("protected_aes_cbc", "Gm in ESP: AES-CBC, HMAC-SHA-1-96", .aesCBCSHA1),
    protectionScenario("protected_aes_gcm", "Gm in ESP: AES-GCM", .aesGCM),
    protectionScenario("protected_tcp", "Gm in ESP with TCP inside", .aesCBCSHA1) {
      $0.network.sipTransport = .connections
    },
    protectionScenario("protected_version6", "Gm in ESP over IPv6, tunnel mode", .aesGCM, .tunnel) {
      $0.network = .version6()
    },
    protectionScenario(
      "protected_udp_encapsulated", "Gm in ESP in UDP, as behind an address translator", .aesCBCSHA1,
      .encapsulatedTunnel),
    protectionScenario(
      "protected_in_gtp", "Gm in ESP without encryption inside GTP-U, in tunnel mode", .nullSHA1, .tunnel
    ) {
      stage in
      stage.capture.tunnel = PacketTunnel(
        inside: Set((1...2).map { stage.network.subscriber($0).equipment.endpoint.address }),
        access: IPAddress(v4: 0x0a3d_0001), gateway: IPAddress(v4: 0x0a3d_0002))
    },
  ]

  private static func protectionScenario(
    _ name: String, _ summary: String, _ suite: ProtectionSuite, _ mode: ProtectionMode = .transport,
    prepare: @escaping @Sendable (inout Stage) -> Void = { _ in }
  ) -> Scenario {
    Scenario(name, summary) { stage in
      prepare(&stage)
      stage.openPeers()
      let users = stage.network.callers
      for user in [users.0, users.1] {
        var plan = RegistrationPlan(user)
        plan.protection = (suite, mode)
        stage.register(plan)
        stage.wait(milliseconds: 300)
      }
      stage.call(CallPlan(users.0, users.1))
    }
  }
}
