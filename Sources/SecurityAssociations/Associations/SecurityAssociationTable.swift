import ByteReading
import CaptureFacts

/// The security associations that signalling taught, by the names that their receivers chose. They become known from the
/// message that taught them; keys join them by the challenge (TS 29.229 section 6.3.10), whichever comes first.
struct SecurityAssociationTable {
  /// How many associations are kept: two generations of four for 65,536 UEs.
  static let limit = 1 << 19
  /// How long: the time for which a UE asks to be registered, and 30 s (TS 24.229 sections 5.1.1.2.1 and 5.1.1.4.1).
  static let lifetime: Int64 = 600_030_000_000_000
  /// How many offers and groups wait for what completes them.
  static let waitingLimit = 1 << 16
  /// How long: an S-CSCF gives up after reg-await-auth, 4 minutes (TS 24.229 table 7.8.1).
  static let waitingLifetime: Int64 = 250_000_000_000
  /// How many authentication vectors without a registration are kept.
  static let vectorLimit = 1 << 16
  /// How long: an S-CSCF may keep those of one answer for the registrations of the next hours (TS 33.203 section 6.1).
  static let vectorLifetime: Int64 = 14_400_000_000_000

  private struct OfferKey: Hashable {
    var callID: KeyedHash
    var user: IPAddress
  }

  /// Newest first: after a new registration packets of the old associations may still come, and SPIs are used again.
  private var groups = ExpiringTable<AssociationName, [AssociationGroup]>(
    bound: SecurityAssociationTable.limit, lifetime: SecurityAssociationTable.lifetime)
  private var offers = ExpiringTable<OfferKey, [SecurityProposal]>(
    bound: SecurityAssociationTable.waitingLimit, lifetime: SecurityAssociationTable.waitingLifetime)
  private var withoutKeys = ExpiringTable<KeyedHash, [AssociationGroup]>(
    bound: SecurityAssociationTable.waitingLimit, lifetime: SecurityAssociationTable.waitingLifetime)
  private var vectors = ExpiringTable<KeyedHash, AuthenticationKeys>(
    bound: SecurityAssociationTable.vectorLimit, lifetime: SecurityAssociationTable.vectorLifetime)
  /// Vectors that the user gave: they stay until they are used.
  private var givenVectors: [KeyedHash: AuthenticationKeys] = [:]

  /// The groups that have an association of this name, newest first.
  func groups(named name: AssociationName) -> [AssociationGroup] { groups[name] ?? [] }

  /// Keeps keys that the user gave beside the capture.
  mutating func give(_ keys: AuthenticationKeys, for challenge: KeyedHash) {
    guard givenVectors.count < SecurityAssociationTable.vectorLimit else { return }
    givenVectors[challenge] = keys
  }

  /// Takes what a message teaches, and returns the names of the associations that can now be opened or tried.
  mutating func learn(_ lesson: SecurityLesson, at time: Timestamp) -> [AssociationName] {
    switch lesson {
    case .offer(let callID, let user, let proposals):
      _ = offers.insert(OfferKey(callID: callID, user: user), proposals, at: time)
      return []
    case .agreement(let callID, let user, let network, let agreed, let challenge):
      let offered = offers[OfferKey(callID: callID, user: user)] ?? []
      return establish(user: user, network: network, offered: offered, agreed: agreed, challenge, at: time)
    case .confirmation(let user, let network, let offered, let agreed, let challenge):
      return establish(user: user, network: network, offered: offered, agreed: agreed, challenge, at: time)
    case .vector(let challenge, let keys):
      guard let waiting = withoutKeys.take(challenge) else {
        _ = vectors.insert(challenge, keys, at: time)
        return []
      }
      for group in waiting { group.take(keys) }
      return waiting.flatMap(\.names)
    }
  }

  private mutating func establish(
    user: IPAddress, network: IPAddress, offered: [SecurityProposal], agreed: [SecurityProposal],
    _ challenge: KeyedHash?, at time: Timestamp
  ) -> [AssociationName] {
    var names: [AssociationName] = []
    for (proposals, receiver) in [(agreed, network), (offered, user)] {
      for proposal in proposals.prefix(AssociationGroup.mostCandidates) {
        for spi in [proposal.spiClient, proposal.spiServer] {
          let name = AssociationName(spi: spi, destination: receiver)
          if !names.contains(name) { names.append(name) }
        }
      }
    }
    // The same message at another tap, or what the UE only repeats.
    let isKnown = names.allSatisfy { groups(named: $0).contains { $0.challenge == challenge } }
    guard !names.isEmpty, !isKnown else { return [] }
    let group = AssociationGroup(agreed, names: names, challenge: challenge)
    for name in names {
      var known = groups(named: name).prefix(AssociationGroup.mostGenerations - 1)
      known.insert(group, at: known.startIndex)
      _ = groups.insert(name, Array(known), at: time)
    }
    if let challenge {
      if let keys = vectors.take(challenge) ?? givenVectors.removeValue(forKey: challenge) {
        group.take(keys)
      } else {
        var waiting = withoutKeys[challenge] ?? []
        if waiting.count < AssociationGroup.mostGenerations { waiting.append(group) }
        _ = withoutKeys.insert(challenge, waiting, at: time)
      }
    }
    return names
  }
}
