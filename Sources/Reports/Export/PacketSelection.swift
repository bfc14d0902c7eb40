import CaptureFacts
import MediaStreams
import SubscriberTimelines

/// Which packets of a capture belong to the records of a report, and what is said about them: what a second pass over the
/// input writes to a capture of its own.
///
/// A class, because the report that collects is a value that may be copied.
public final class PacketSelection: ReportWriter {
  /// How many frames are remembered; those beyond are counted.
  public static let mostFrames = 1 << 22
  /// How many frames have comments; those beyond have none.
  public static let mostCommentedFrames = 1 << 16
  /// How many comments a frame has at most: a frame that more findings cite is cited by one rule about many.
  public static let mostCommentsOfFrame = 16
  /// How many streams of media are looked for.
  public static let mostMedia = 1 << 16

  /// A stream of media, known by its ends and by when it went.
  public struct Media: Sendable {
    /// The sender.
    public var source: Endpoint
    /// The receiver.
    public var destination: Endpoint
    /// When its first packet was seen.
    public var start: Timestamp
    /// When its last packet was seen.
    public var end: Timestamp
  }

  /// Nothing is written.
  public var failure: ReportOutputFailure? { nil }
  /// The frames that carry messages of the records, whole or in part.
  public private(set) var frames: Set<UInt64> = []
  /// What findings and causes say of the frames they cite.
  public private(set) var comments: [UInt64: [String]] = [:]
  /// The media of the records.
  public private(set) var media: [Media] = []
  /// Frames and streams of media beyond the bounds.
  public private(set) var leftOut: UInt64 = 0
  /// How many frames the pass read.
  public private(set) var frameCount: UInt64 = 0

  private let subscriber: RecordIdentifier?

  /// Prepares the selection. Exchanges of Diameter that belong to no record are those of `subscriber`, and of all where
  /// nothing limits the report.
  public init(subscriber: RecordIdentifier? = nil) {
    self.subscriber = subscriber
  }

  /// Takes the packets of a record.
  public func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    switch record {
    case .registration(let registration): add(registration.frames)
    case .call(let call):
      add(call.frames)
      for stream in call.media {
        guard let observed = stream.observed else { continue }
        guard media.count < PacketSelection.mostMedia else {
          leftOut &+= 1
          continue
        }
        media.append(
          Media(
            source: observed.source, destination: observed.destination, start: observed.start, end: observed.end))
      }
    case .messaging(let record): add(record.frames)
    case .late(_, let event): add([event.frame])
    case .finding(let finding):
      add(finding.frames)
      comment(finding.frames, finding.about, finding.rule, finding.sentence())
    case .media: break
    }
    for exchange in record.diameter { add(exchange.frames) }
    // Most causes are findings, too, and say the same then.
    if let id = record.id, let cause = record.cause { comment(cause.frames, [id], cause.rule, cause.sentence()) }
  }

  /// Takes the exchanges that belong to no record.
  public func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    frameCount = summary.capture.frameCount
    summary.forEachShownSubscriber { subscriber in
      guard summary.selection == nil || subscriber.id == self.subscriber else { return }
      for exchange in subscriber.diameter { add(exchange.frames) }
    }
  }

  private func add(_ found: [FrameReference]) {
    for frame in found {
      if frames.count < PacketSelection.mostFrames {
        frames.insert(frame.number)
      } else if !frames.contains(frame.number) {
        leftOut &+= 1
      }
    }
  }

  private func comment(
    _ frames: [FrameReference], _ records: [RecordIdentifier], _ rule: String, _ sentence: String
  ) {
    let text = (records.map(\.description) + [rule]).joined(separator: " ") + ": " + sentence
    for frame in frames {
      let known = comments[frame.number] ?? []
      guard !known.isEmpty || comments.count < PacketSelection.mostCommentedFrames,
        known.count < PacketSelection.mostCommentsOfFrame, !known.contains(text)
      else { continue }
      comments[frame.number] = known + [text]
    }
  }
}
