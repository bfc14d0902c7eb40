import CaptureFacts
import SubscriberTimelines

extension TerminalPage {
  /// A line for each direction of media that was seen, as its bar in the ladder has it, and longer.
  mutating func media(_ media: [MediaStream], since start: Timestamp) {
    for stream in media {
      guard let observed = stream.observed else { continue }
      let parts = [
        MediaBar.label(of: stream, observed),
        "from \(DurationText.text(observed.start.nanoseconds(since: start))) to "
          + DurationText.text(observed.end.nanoseconds(since: start)),
        "\(observed.packets) packets",
        observed.lost == 0
          ? "none lost" : "\(observed.lost) of \(observed.expected) lost (\(MediaText.percent(observed.lossRatio)))",
        observed.meanJitter.map { "jitter " + DurationText.text($0) },
        observed.quality.map { "MOS " + MediaText.score($0.meanOpinionScore) },
      ]
      let tone = MediaBar.tone(of: observed)
      field("stream", "\(stream.from) -> \(stream.to): " + parts.compactMap(\.self).joined(separator: ", "), tone)
    }
  }
}
