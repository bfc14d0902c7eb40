import CaptureFacts
import MediaStreams

/// The media of a call when it is complete.
enum CallMedia {
  /// The streams: those that offer and answer agreed on nearest the caller, in that order, each with what was seen of it,
  /// then those that were seen elsewhere, such as behind a relay, by time.
  static func streams(of facts: CallFacts, answeredAt answer: Timestamp?) -> [MediaStream] {
    var agreed = SessionMedia.streams(offered: facts.offeredMedia, answered: facts.answeredMedia)
    var further: [MediaStream] = []
    for observed in facts.observedMedia.sorted(by: { ($0.start, $0.firstFrame) < ($1.start, $1.firstFrame) }) {
      let from = observed.source.description
      let to = observed.destination.description
      let place = agreed.firstIndex { $0.to == to && $0.from == from && $0.observed == nil }
      var stream =
        place.map { agreed[$0] }
        ?? MediaStream(from: from, to: to, mediaType: mediaType(observed, agreed), codec: nil)
      stream.codec = codec(of: observed) ?? stream.codec
      stream.observed = observed
      stream.firstPacketDelay = answer.map { observed.start.nanoseconds(since: $0) }
      if let place { agreed[place] = stream } else { further.append(stream) }
    }
    return agreed + further
  }

  /// A stream that no call asked for.
  static func stream(outsideOfCalls observed: ObservedMediaStream) -> MediaStream {
    MediaStream(
      from: observed.source.description, to: observed.destination.description, mediaType: mediaType(observed, []),
      codec: codec(of: observed), observed: observed)
  }

  private static func mediaType(_ observed: ObservedMediaStream, _ agreed: [MediaStream]) -> String {
    if observed.kind == .fax { return "image" }
    if observed.kind == .messageSession { return "message" }
    let to = observed.destination.description
    if let known = agreed.first(where: { $0.to == to }) { return known.mediaType }
    switch observed.codec {
    case .h264, .h265: return "video"
    case .t140: return "text"
    default: return "audio"
    }
  }

  private static func codec(of observed: ObservedMediaStream) -> String? {
    guard let format = observed.mainFormat, let name = format.codec.name else { return nil }
    return format.clockRate == 0 ? name : "\(name)/\(format.clockRate)"
  }
}
