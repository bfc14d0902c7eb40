import ByteReading
import CaptureFacts

/// What a message of signalling teaches about security associations.
public enum SecurityLesson {
  /// A UE offers in a REGISTER what it would agree to.
  case offer(callID: KeyedHash, user: IPAddress, [SecurityProposal])
  /// The P-CSCF challenges the UE and says what it agrees to. `challenge` is the hash of RAND and AUTN; nil where the
  /// challenge has none.
  case agreement(
    callID: KeyedHash, user: IPAddress, network: IPAddress, [SecurityProposal], challenge: KeyedHash?)
  /// A UE repeats what the P-CSCF agreed to, beside its own offer.
  case confirmation(
    user: IPAddress, network: IPAddress, offered: [SecurityProposal], agreed: [SecurityProposal],
    challenge: KeyedHash?)
  /// The HSS gives the keys that go with a challenge to the S-CSCF.
  case vector(challenge: KeyedHash, AuthenticationKeys)
}
