import ByteReading

/// The security associations of one registration (TS 33.203 section 7.1: two pairs): they share algorithms and keys.
final class AssociationGroup {
  /// How many combinations of algorithms are tried; a P-CSCF lists few.
  static let mostCandidates = 8

  /// How many groups share one name: that in use, that before it, and one whose SPI came round again.
  static let mostGenerations = 3

  /// One combination of algorithms, with its keys once they are known.
  struct Candidate {
    let encryption: EncryptionAlgorithm
    let integrity: IntegrityAlgorithm
    var keys: ProtectionKeys?
  }

  /// The challenge whose keys they have.
  let challenge: KeyedHash?
  /// The receivers' names for them.
  let names: [AssociationName]
  /// What may have been agreed; only the first once a packet has verified.
  private(set) var candidates: [Candidate]

  init(_ proposals: [SecurityProposal], names: [AssociationName], challenge: KeyedHash?) {
    var candidates: [Candidate] = []
    for proposal in proposals
    where candidates.count < AssociationGroup.mostCandidates
      && !candidates.contains(where: { $0.encryption == proposal.encryption && $0.integrity == proposal.integrity })
    {
      candidates.append(Candidate(encryption: proposal.encryption, integrity: proposal.integrity))
    }
    self.candidates = candidates
    self.names = names
    self.challenge = challenge
  }

  /// Whether packets may be without encryption.
  var mayBeUnencrypted: Bool { candidates.contains { $0.encryption == .null } }

  /// Takes the keys that go with the challenge.
  func take(_ keys: AuthenticationKeys) {
    for place in candidates.indices {
      candidates[place].keys = keys.expanded(candidates[place].encryption, candidates[place].integrity)
    }
  }

  /// A packet verified under one of the candidates: the others are forgotten.
  func settle(on place: Int) {
    if candidates.count > 1 { candidates = [candidates[place]] }
  }
}
