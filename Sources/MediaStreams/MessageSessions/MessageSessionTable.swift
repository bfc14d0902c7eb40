import ByteReading
import CaptureFacts

/// The sessions of MSRP that are going on, each direction by itself.
struct MessageSessionTable {
  /// How many directions there are at once: a relay has some thousand sessions.
  static let limit = 1 << 13

  private struct Way: Hashable {
    var source: Endpoint
    var destination: Endpoint
  }

  private var places: [Way: Int] = [:]
  private var sessions: [ObservedMediaStream?] = []
  private var free: [Int] = []
  /// The frames at which there was no room, and all sessions were closed early.
  private(set) var evictions: [FrameReference] = []

  /// Takes a message as framing cut it.
  mutating func receive(_ bytes: RawSpan, _ arrival: MediaArrival, closed: inout [ObservedMediaStream]) {
    guard let message = MessageSessionMessage(bytes) else { return }
    let way = Way(source: arrival.source, destination: arrival.destination)
    let place: Int
    if let known = places[way] {
      place = known
    } else {
      if places.count >= MessageSessionTable.limit {
        // All begin anew: what goes on is put together again where it belongs to.
        evictions.append(arrival.frame)
        close(silentSince: nil, into: &closed)
      }
      var stream = ObservedMediaStream(
        kind: .messageSession, evidence: .structure, source: arrival.source, destination: arrival.destination,
        synchronizationSource: 0, start: arrival.time, end: arrival.time, firstFrame: arrival.frame,
        lastFrame: arrival.frame, largestGapFrame: arrival.frame)
      stream.messageSession = ObservedMessageSession()
      place = free.popLast() ?? sessions.count
      if place == sessions.count { sessions.append(stream) } else { sessions[place] = stream }
      places[way] = place
    }
    sessions[place]?.take(message, arrival)
  }

  /// Closes the sessions that were silent for so long.
  mutating func close(silentSince time: Timestamp?, into closed: inout [ObservedMediaStream]) {
    for place in sessions.indices {
      guard let session = sessions[place] else { continue }
      if let time, session.end > time { continue }
      remove(place, session, &closed)
    }
  }

  private mutating func remove(_ place: Int, _ session: ObservedMediaStream, _ closed: inout [ObservedMediaStream]) {
    places[Way(source: session.source, destination: session.destination)] = nil
    sessions[place] = nil
    free.append(place)
    closed.append(session)
  }

  mutating func takeEvictions() -> [FrameReference] {
    defer { evictions = [] }
    return evictions
  }
}

extension ObservedMediaStream {
  fileprivate mutating func take(_ message: MessageSessionMessage, _ arrival: MediaArrival) {
    let gap = arrival.time.nanoseconds(since: end)
    if gap > largestGap {
      largestGap = gap
      largestGapFrame = arrival.frame
    }
    end = max(end, arrival.time)
    lastFrame = arrival.frame
    packets &+= 1
    if case .send(let count) = message.kind { octets &+= UInt64(count) }
    messageSession?.take(message)
  }
}
