import CaptureFacts

extension MessageTrail {
  /// All frames, ordered, each once.
  func frames(including others: [FrameReference] = []) -> [FrameReference] {
    MessageTrail.ordered(events.map(\.frame) + otherFrames.map(\.frame) + others)
  }

  /// The frames of each leg, ordered.
  func framesByLeg() -> [[FrameReference]] {
    var frames = [[FrameReference]](repeating: [], count: legs.count)
    for (event, leg) in zip(events, legOfEvent) where leg >= 0 { frames[Int(leg)].append(event.frame) }
    for other in otherFrames where other.leg >= 0 { frames[other.leg].append(other.frame) }
    return frames.map(MessageTrail.ordered)
  }

  /// The hops in order of time; `interface` names the reference point between two nodes.
  func legs(interface: (NodeHandle, NodeHandle) -> String?) -> [Leg] {
    let frames = framesByLeg()
    return legs.indices.map { place in
      let state = legs[place]
      let opening = transactions[state.transaction]
      return Leg(
        from: state.from, to: state.to, callID: callIDs[state.dialog], transport: state.transport,
        interface: interface(state.from, state.to), start: state.start,
        status: opening.finalStatus == 0 ? nil : opening.finalStatus,
        answerTime: opening.answerTime, isProtected: state.isProtected, frames: frames[place])
    }
  }

  static func ordered(_ frames: [FrameReference]) -> [FrameReference] {
    let sorted = frames.sorted()
    var unique: [FrameReference] = []
    unique.reserveCapacity(sorted.count)
    for frame in sorted where unique.last != frame { unique.append(frame) }
    return unique
  }
}

extension HopTransaction {
  /// From request to final response, in nanoseconds; nil where one of them is missing.
  var answerTime: Int64? {
    guard let requestTime, let finalTime else { return nil }
    return finalTime.nanoseconds(since: requestTime)
  }

  /// Notes a response.
  mutating func note(status: UInt16, time: Timestamp, frame: FrameReference) {
    switch status {
    case 100: tryingTime = tryingTime ?? time
    case 101..<200:
      provisionalTime = provisionalTime ?? time
      if status == 180 { ringingTime = ringingTime ?? time }
    default:
      // RFC 3261 section 16.7: a 2xx replaces nothing, but it wins over a failure that a forking proxy let through.
      guard finalStatus == 0 || (finalStatus >= 300 && status < 300) else { return }
      finalStatus = status
      finalTime = time
      finalFrame = frame
    }
  }
}
