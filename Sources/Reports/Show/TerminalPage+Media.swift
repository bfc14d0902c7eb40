import CaptureFacts
import MediaStreams
import SubscriberTimelines

extension TerminalPage {
  /// A line for each direction of media that was seen, as its bar in the ladder has it, and longer.
  mutating func media(_ media: [MediaStream], since start: Timestamp) {
    for stream in media {
      guard let observed = stream.observed else { continue }
      let begin = DurationText.text(observed.start.nanoseconds(since: start))
      let end = DurationText.text(observed.end.nanoseconds(since: start))
      let figures = observed.messageSession == nil ? TerminalPage.figures(observed) : MediaBar.figures(of: observed)
      let words = "\(MediaBar.label(of: stream, observed)), from \(begin) to \(end), \(figures)"
      field("stream", "\(stream.from) -> \(stream.to): \(words)", MediaBar.tone(of: observed))
    }
  }

  private static func figures(_ observed: ObservedMediaStream) -> String {
    let loss = "\(observed.lost) of \(observed.expected) lost (\(MediaText.percent(observed.lossRatio)))"
    let parts: [String?] = [
      "\(observed.packets) packets", observed.lost == 0 ? "none lost" : loss,
      observed.meanJitter.map { "jitter " + DurationText.text($0) },
      observed.quality.map { "MOS " + MediaText.score($0.meanOpinionScore) },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}
