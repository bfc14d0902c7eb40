import ByteReading
import CaptureFacts
import MediaStreams
import SIPMessages

extension SubscriberTimelines {
  /// How many endpoints of media a call is found by: two media at both sides of some relays, with candidates.
  static let keptMediaEndpoints = 64

  /// How many session descriptions of a call are read for their endpoints: relays rewrite them at a few hops, and holding
  /// makes new ones.
  static let keptMediaDescriptions = 256

  /// How many streams a call keeps: two media in both directions at both sides of some relays, and new sources.
  static let keptMediaStreams = 64

  /// How long after the last message of a call that is over its media may begin: clocks of taps differ, and a relay may
  /// have the last word.
  static let mediaTolerance: Int64 = 1_000_000_000

  /// Keeps where the session description of a message asks for media: a relay rewrites it at each of its sides.
  mutating func noteMediaEndpoints(
    of observed: Observed<SIPMessage>, _ facts: SIPFacts, into call: CallFacts, record place: Int
  ) {
    let message = observed.message
    guard let hash = facts.body, call.mediaDescriptions.count < SubscriberTimelines.keptMediaDescriptions,
      !call.mediaDescriptions.contains(hash)
    else { return }
    call.mediaDescriptions.append(hash)
    guard let session = facts.session(of: message) else { return }
    for medium in session.media {
      for endpoint in medium.endpoints(in: message.span) {
        guard call.mediaEndpoints.count < SubscriberTimelines.keptMediaEndpoints else { return }
        let hash = mediaHash(of: endpoint)
        guard !call.mediaEndpoints.contains(where: { $0.hash == hash }) else { continue }
        call.mediaEndpoints.append(
          MediaEndpointFacts(
            hash: hash, dialog: open[place]?.callIDs.firstIndex(of: facts.callID) ?? 0, from: facts.from, to: facts.to,
            frame: observed.frame))
        index.add(place, .media, hash)
      }
    }
  }

  /// The leg of a stream: the hop whose description asked for it, else the one that announced its sender.
  func mediaLeg(of stream: ObservedMediaStream, _ facts: CallFacts, callIDs: [String]) -> MediaLeg? {
    let ends = [mediaHash(of: stream.destination), mediaHash(of: stream.source)]
    for end in ends {
      guard let known = facts.mediaEndpoints.first(where: { $0.hash == end }), known.dialog < callIDs.count else {
        continue
      }
      return MediaLeg(callID: callIDs[known.dialog], from: known.from, to: known.to, frame: known.frame)
    }
    return nil
  }

  private func mediaHash(of endpoint: Endpoint) -> KeyedHash {
    key.hash("media").combined(with: endpoint.address.high).combined(with: endpoint.address.low)
      .combined(with: UInt64(endpoint.port))
  }

  /// Takes a stream of media that is over, or was silent for long: it belongs to the open call that asked for it.
  public mutating func receive(_ stream: ObservedMediaStream) {
    mediaStreams += 1
    guard let place = call(of: stream), let call = open[place]?.call else {
      mediaStreamsUnplaced += 1
      emitted.append(.media(CallMedia.stream(outsideOfCalls: stream)))
      return
    }
    if let known = call.observedMedia.lastIndex(where: { $0.isContinued(by: stream) }) {
      call.observedMedia[known].append(stream)
    } else if call.observedMedia.count < SubscriberTimelines.keptMediaStreams {
      call.observedMedia.append(stream)
    } else {
      anomalies.record(.stateEvicted, at: .udp, frame: stream.firstFrame)
    }
  }

  /// The call that a stream belongs to: both of its ends, or the one that it is sent to, or at least the sender, are in
  /// the descriptions of the call, which goes on at that time. Ports are used again: the latest call counts.
  private func call(of stream: ObservedMediaStream) -> Int? {
    let receivers = index.places(.media, mediaHash(of: stream.destination))
    let senders = index.places(.media, mediaHash(of: stream.source))
    var best: (place: Int, weight: Int, start: Timestamp)?
    for place in receivers + senders {
      guard let record = open[place], record.call != nil else { continue }
      let weight = (receivers.contains(place) ? 2 : 0) + (senders.contains(place) ? 1 : 0)
      let start = record.trail.start
      // One whose last message is long before the stream has ended, unless it is answered and open.
      let isOver =
        record.trail.end.nanoseconds(since: stream.start) < -SubscriberTimelines.mediaTolerance
        && CallProgress(record.trail).releaseTime != nil
      guard !isOver, start.nanoseconds(since: stream.end) <= SubscriberTimelines.mediaTolerance else { continue }
      if let known = best, (known.weight, known.start) >= (weight, start) { continue }
      best = (place, weight, start)
    }
    return best?.place
  }
}
