/// One source of SRTP in one direction: which key it has and how often its sequence numbers came round.
struct SecuredStreamState {
  /// How many packets that no key opens are tried; then keys are waited for.
  static let mostFailures = 16
  /// How often the numbers of a stream may have come round before its first packet that is seen: 20 minutes of speech each.
  static let firstRollovers: UInt32 = 4

  /// The key that opened its packets, with its place among those of the sender.
  private(set) var key: (master: MediaKey, session: MediaSessionKeys)?
  /// The same for SRTCP.
  var controlKey: (master: MediaKey, session: MediaSessionKeys)?
  /// Packets that no key opened since the last one that one did.
  var failures = 0
  /// Which keys were known when they failed.
  var generation: UInt32 = 0
  private var rollover: UInt32 = 0
  private var highest: UInt16 = 0

  /// Under which rollover counters a packet may be: the likely one first (RFC 3711 section 3.3.1 and appendix A).
  func rollovers(of number: UInt16) -> Range<UInt32> {
    guard key != nil else { return 0..<SecuredStreamState.firstRollovers }
    let distance = Int(number) - Int(highest)
    var guess = rollover
    if highest < 0x8000 {
      if distance > 0x8000, rollover > 0 { guess = rollover - 1 }
    } else if distance < -0x8000 {
      guess = rollover &+ 1
    }
    return guess..<guess &+ (guess == .max ? 0 : 1)
  }

  /// Takes a packet that `master` opened.
  mutating func note(_ number: UInt16, _ rollover: UInt32, _ master: MediaKey, _ session: MediaSessionKeys) {
    if key == nil || rollover > self.rollover {
      self.rollover = rollover
      highest = number
    } else if rollover == self.rollover {
      highest = max(highest, number)
    }
    key = (master, session)
    failures = 0
  }

  /// Forgets what is known of the numbers: another key begins them anew (RFC 4568 section 6.4).
  mutating func forgetKey() { key = nil }
}
