import MediaStreams
import SubscriberTimelines

/// The figures of streams of media, each stream counted once.
public struct MediaStatistics: Sendable {
  /// Streams of which packets were seen.
  public private(set) var streams: UInt64 = 0
  /// Their packets.
  public private(set) var packets: UInt64 = 0
  /// Packets that were expected.
  public private(set) var expected: UInt64 = 0
  /// Packets of those that did not come.
  public private(set) var lost: UInt64 = 0
  /// Streams with loss.
  public private(set) var streamsWithLoss: UInt64 = 0
  /// The mean jitter of each stream.
  public private(set) var jitter = DurationDistribution()
  /// Streams that have a score.
  public private(set) var ratedStreams: UInt64 = 0
  /// The least score of a stream.
  public private(set) var leastScore = 5.0
  private var sumOfScores = 0.0

  /// Nothing counted yet.
  public init() {}

  /// Counts a stream.
  public mutating func count(_ stream: MediaStream) {
    guard let observed = stream.observed else { return }
    streams += 1
    packets &+= observed.packets
    expected &+= observed.expected
    lost &+= observed.lost
    if observed.lost > 0 { streamsWithLoss += 1 }
    if let mean = observed.meanJitter { jitter.record(mean) }
    if let quality = observed.quality {
      ratedStreams += 1
      leastScore = min(leastScore, quality.meanOpinionScore)
      sumOfScores += quality.meanOpinionScore
    }
  }

  /// The mean score; nil where no stream has one.
  public var meanScore: Double? { ratedStreams == 0 ? nil : sumOfScores / Double(ratedStreams) }
}
