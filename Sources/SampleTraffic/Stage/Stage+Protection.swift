import CaptureFacts

/// The security agreement of a registration (RFC 3329, TS 24.229 section 5.1.1.5.1).
extension Stage {
  /// What the first REGISTER says about protection.
  mutating func offerProtection(_ plan: RegistrationPlan) -> [(String, String)] {
    offeredProtection = nil
    guard let protection = plan.protection else { return [] }
    let proxy = plan.proxy ?? network.proxy
    let offered = AccessProtection(
      user: plan.subscriber.equipment.endpoint.address, proxy: proxy.endpoint.address, since: .max,
      suite: protection.suite, mode: protection.mode, userIndex: UInt32(truncatingIfNeeded: random.next() | 0x1000),
      proxyIndex: UInt32(truncatingIfNeeded: random.next() | 0x1000), cipherKey: [], integrityKey: [])
    offeredProtection = offered
    return [("Security-Client", offered.parameters(of: offered.userIndex)), ("Proxy-Require", "sec-agree")]
  }

  /// The challenge has reached the UE: what follows is protected.
  mutating func beginProtection(cipherKey: [UInt8], integrityKey: [UInt8]) {
    guard var agreed = offeredProtection else { return }
    agreed.cipherKey = cipherKey
    agreed.integrityKey = integrityKey
    agreed.since = clock + 1
    capture.protections.append(agreed)
  }

  /// What the REGISTER that answers the challenge repeats.
  func confirmProtection() -> [(String, String)] {
    offeredProtection.map { [("Security-Verify", $0.parameters(of: $0.proxyIndex))] } ?? []
  }
}
