import ByteReading
import CaptureFacts

extension SubscriberTimelines {
  /// Adds an attempt to register to those of its UE. Who gives a registration up, or loses it, begins anew.
  mutating func noteRun(of registration: Registration, resynchronisations: [FrameReference]) {
    for run in registrationRuns.takeOver(at: now) { tell(run) }
    guard let identity = registration.privateIdentity ?? registration.publicIdentity else { return }
    let leg = registration.legs.first
    let key = key.hash(identity).combined(with: UInt64(leg.map { nodes.root($0.from).index } ?? .max))
    let known = registrationRuns.run(of: key)
    guard [.initial, .additionalContact, .reRegistration].contains(registration.kind) else {
      if let known { tell(known) }
      registrationRuns.set(nil, of: key)
      return
    }
    let attempt = RegistrationRun.Attempt(
      id: registration.id, start: registration.start, frame: registration.frames.first, outcome: registration.outcome,
      status: registration.status, granted: registration.outcome == .accepted ? registration.grantedExpiry : nil,
      resynchronisations: resynchronisations)
    if let known {
      if RegistrationLoops.continues(known, at: attempt.start) { return registrationRuns.add(attempt, to: key) }
      tell(known)
    } else if !registrationRuns.hasRoom {
      if let frame = attempt.frame { anomalies.record(.stateEvicted, at: .sip, frame: frame) }
      return
    }
    registrationRuns.set(
      RegistrationRun(identity: identity, sender: leg?.from, registrar: leg?.to, attempt), of: key)
  }

  /// Emits what the rules find in the attempts of a UE.
  private mutating func tell(_ run: RegistrationRun) {
    guard let found = CauseRule.first(of: RegistrationLoops.rules, in: (run, nodes)) else { return }
    emitted.append(
      .finding(
        Finding(
          rule: found.cause.rule, severity: found.severity, text: found.cause.text, frames: found.cause.frames,
          about: run.attempts.map(\.id), time: run.first)))
  }

  /// Ends the input: what goes on is told.
  mutating func finishRegistrationRuns() {
    for run in registrationRuns.takeAll() { tell(run) }
  }
}
