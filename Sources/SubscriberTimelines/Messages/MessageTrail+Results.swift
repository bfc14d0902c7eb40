import CaptureFacts

extension MessageTrail {
  /// All frames, ordered, each once.
  func frames(including others: [FrameReference] = []) -> [FrameReference] {
    var frames: [FrameReference] = []
    frames.reserveCapacity(events.count + otherFrames.count + others.count)
    for event in events { frames.append(event.frame) }
    for other in otherFrames { frames.append(other.frame) }
    frames += others
    MessageTrail.order(&frames)
    return frames
  }

  /// The frames of each leg, ordered.
  func framesByLeg() -> [[FrameReference]] {
    var counts = [Int](repeating: 0, count: legs.count)
    for event in events { if let leg = event.leg { counts[leg] += 1 } }
    for other in otherFrames where other.leg >= 0 { counts[other.leg] += 1 }
    var frames = [[FrameReference]](repeating: [], count: legs.count)
    for leg in legs.indices { frames[leg].reserveCapacity(counts[leg]) }
    for event in events { if let leg = event.leg { frames[leg].append(event.frame) } }
    for other in otherFrames where other.leg >= 0 { frames[other.leg].append(other.frame) }
    for leg in legs.indices { MessageTrail.order(&frames[leg]) }
    return frames
  }

  /// The hops in order of time.
  func legs(_ nodes: NodeDirectory) -> [Leg] {
    let frames = framesByLeg()
    return legs.indices.map { place in
      let state = legs[place]
      let opening = transactions[state.transaction]
      return Leg(
        from: state.from, to: state.to, callID: callIDs[state.dialog], transport: state.transport,
        interface: nodes.referencePoint(between: state.from, and: state.to), start: state.start,
        status: opening.finalStatus == 0 ? nil : opening.finalStatus,
        answerTime: opening.answerTime, isProtected: state.isProtected, frames: frames[place])
    }
  }

  static func ordered(_ frames: [FrameReference]) -> [FrameReference] {
    var frames = frames
    order(&frames)
    return frames
  }

  /// Orders frames, each once. Nearly always they are so already.
  private static func order(_ frames: inout [FrameReference]) {
    guard frames.count > 1 else { return }
    var isOrdered = true
    for place in 1..<frames.count where frames[place - 1] >= frames[place] {
      isOrdered = false
      break
    }
    guard !isOrdered else { return }
    frames.sort()
    var count = 1
    for place in 1..<frames.count where frames[place] != frames[count - 1] {
      frames[count] = frames[place]
      count += 1
    }
    frames.removeLast(frames.count - count)
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
