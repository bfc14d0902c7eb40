import CaptureFacts

extension SubscriberTimelines {
  /// Takes further frames that carried a message, or a part of it, which the transport dropped because it had it before:
  /// a copy at another tap, or later a retransmission of the transport. `point` is where a copy was seen; nil where that
  /// was counted with another part of the message.
  public mutating func noteRepetition(
    of ticket: MessageTicket, frames: [FrameReference], time: Timestamp, point: CapturePointHandle?
  ) {
    let place = Int(ticket.place)
    if ticket.isDiameter {
      guard exchanges.generations[place] == ticket.generation else { return }
      exchanges[place]?.noteRepetition(of: ticket.fingerprint, frames: frames, time: time, point: point)
    } else {
      guard open.generations[place] == ticket.generation else { return }
      open[place]?.trail.noteRepetition(of: ticket.fingerprint, frames: frames, time: time, point: point)
    }
  }
}

extension MessageTrail {
  fileprivate mutating func noteRepetition(
    of fingerprint: UInt64, frames: [FrameReference], time: Timestamp, point: CapturePointHandle?
  ) {
    guard let place = events.lastIndex(where: { $0.fingerprint == fingerprint }) else { return }
    let isCopy = abs(time.nanoseconds(since: events[place].time)) <= MessageTrail.copyInterval
    noteFrames(frames, ofEvent: place, copyAt: isCopy ? point : nil)
  }
}

extension ExchangeState {
  fileprivate mutating func noteRepetition(
    of fingerprint: UInt64, frames: [FrameReference], time: Timestamp, point: CapturePointHandle?
  ) {
    guard self.frames.count < MessageTrail.keptEvents else { return }
    self.frames += frames
    let isOfAnswer = answer?.fingerprint == fingerprint
    let sight = isOfAnswer ? answer : request?.fingerprint == fingerprint ? request : nil
    guard let sight, abs(time.nanoseconds(since: sight.time)) <= MessageTrail.copyInterval else { return }
    guard let point else { return }
    if isOfAnswer { answerCopies &+= 1 } else { requestCopies &+= 1 }
    points.countCopy(at: point)
  }
}
