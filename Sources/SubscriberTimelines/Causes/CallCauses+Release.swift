import CaptureFacts

/// What ended an answered call other than a user's BYE.
extension CallCauses {
  static let releaseRules: [Rule] = [
    Rule(key: "continued_elsewhere", severity: .note) { evidence in
      guard evidence.call.releasedBy == .network, let release = evidence.progress.release,
        let loss = evidence.lossOfBearer(before: release.requestTime), loss.reason == "PS_TO_CS_HANDOVER"
      else { return nil }
      return .init(
        sentence:
          "\(CauseText.name(loss.exchange.from, evidence.nodes)) sent \(loss.exchange.command) (\(loss.reason)), then "
          + "\(CauseText.name(release.from, evidence.nodes)) released the call: it went on over circuit-switched access",
        frames: [loss.exchange.requestFrame, release.frame])
    },
    Rule(key: "bearer_lost", severity: .error) { evidence in
      guard evidence.call.releasedBy == .network, let release = evidence.progress.release,
        let loss = evidence.lossOfBearer(before: release.requestTime)
      else { return nil }
      return .init(
        sentence:
          "\(CauseText.name(loss.exchange.from, evidence.nodes)) sent \(loss.exchange.command) (\(loss.reason)), then "
          + "\(CauseText.name(release.from, evidence.nodes)) released the call: the bearer was lost",
        frames: [loss.exchange.requestFrame, release.frame])
    },
    Rule(key: "dialog_lost", severity: .error) { evidence in
      // RFC 3261 section 12.2.2: whom a request of the dialog is for does not know the dialog any more.
      let lost = evidence.trail.transactions.filter { $0.finalStatus == 481 && $0.isInDialog && $0.method != .cancel }
      guard let first = lost.max(by: { $0.viaCount < $1.viaCount }) else { return nil }
      return .init(
        sentence:
          "\(CauseText.name(first.to, evidence.nodes)) answered \(first.method.name) within the call with 481: it does not "
          + "know the dialog any more",
        frames: [first.frame, first.finalFrame])
    },
    Rule(key: "session_timer_expired", severity: .error) { evidence in
      guard let timer = evidence.facts.timer, let release = evidence.progress.release,
        let time = release.requestTime, timer.isExpired(at: time)
      else { return nil }
      let refresher = timer.refresher.map { ", refresher \($0)" } ?? ""
      return .init(
        sentence:
          "\(CauseText.name(release.from, evidence.nodes)) released the call with BYE "
          + "\(CauseText.duration(time.nanoseconds(since: timer.start))) after the session interval of \(timer.seconds) s "
          + "was agreed on\(refresher): no refresh came, the session timer expired",
        frames: [timer.frame, release.frame])
    },
    Rule(key: "one_way_media", severity: .error) { evidence in
      guard let stream = MediaFindings.oneWay(evidence.call) else { return nil }
      return .init(
        sentence:
          "audio flows from \(stream.source) to \(stream.destination) only: nothing came back, though both directions were "
          + "agreed on",
        frames: [stream.firstFrame, stream.lastFrame])
    },
    Rule(key: "released_with_reason", severity: .warning) { evidence in
      guard let release = evidence.progress.release, evidence.call.releasedBy != .network,
        let reason = evidence.facts.reason, !CauseText.isNormalRelease(reason)
      else { return nil }
      return .init(
        sentence:
          "\(CauseText.name(release.from, evidence.nodes)) released the call with BYE"
          + evidence.reasonText(of: [.bye]),
        frames: [release.frame])
    },
    Rule(key: "released_by_network", severity: .warning) { evidence in
      guard evidence.call.releasedBy == .network, let release = evidence.progress.release else { return nil }
      return .init(
        sentence:
          "\(CauseText.name(release.from, evidence.nodes)) released the call with BYE"
          + evidence.reasonText(of: [.bye]),
        frames: [release.frame])
    },
    Rule(key: "release_not_confirmed", severity: .warning) { evidence in
      guard let release = evidence.progress.release else { return nil }
      let hops = evidence.trail.transactions.filter { $0.method == .bye && $0.cseq == release.cseq }
      guard let nearest = hops.min(by: { $0.viaCount < $1.viaCount }),
        let farthest = hops.max(by: { $0.viaCount < $1.viaCount }),
        nearest.finalStatus == 0 || nearest.finalStatus >= 300
      else { return nil }
      let outcome = nearest.finalStatus == 0 ? "was not answered" : "was answered with \(nearest.finalStatus)"
      var sentence = "BYE of \(CauseText.name(nearest.from, evidence.nodes)) \(outcome)"
      var frames = [nearest.frame, nearest.finalFrame]
      if let confirmed = hops.first(where: { (200..<300).contains($0.finalStatus) }) {
        sentence += ", though \(CauseText.name(confirmed.to, evidence.nodes)) confirmed it: its 200 was lost on the way"
        frames.append(confirmed.finalFrame)
      } else if farthest.finalStatus == 0 {
        let stop = CauseText.name(farthest.to, evidence.nodes)
        sentence +=
          farthest.viaCount == nearest.viaCount
          ? " by \(stop)" : ": \(stop) did not answer it to \(CauseText.name(farthest.from, evidence.nodes))"
        sentence += CauseText.repetitions(farthest)
        frames.append(farthest.frame)
      } else if farthest.viaCount > nearest.viaCount {
        sentence += ": \(CauseText.name(farthest.to, evidence.nodes)) refused it with \(farthest.finalStatus)"
        frames.append(farthest.finalFrame)
      }
      return .init(sentence: sentence, frames: frames)
    },
  ]

  /// What went wrong on the way to an answer: a finding, not the cause of anything.
  static let detourRules: [Rule] = FailedHop.replacementRules(.invite, failedHop: { $0.failedHop }, nodes: { $0.nodes })
}
