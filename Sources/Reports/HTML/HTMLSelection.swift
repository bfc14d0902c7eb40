import CaptureFacts
import SubscriberTimelines

/// What a page must know of the whole capture before it is written: who the nodes are, the figures, and of which frames
/// it holds the messages. The report of a first pass over the input; `HTMLReport` is that of the second.
public struct HTMLSelection: ReportWriter {
  /// How many records without findings have their messages in the page.
  public static let firstRecords = 20
  /// How many messages a page holds at most unless it is asked for all: 20 MB of the usual length.
  public static let embeddedMessages = 6_000
  /// How many frames of records are remembered until it is known which of them have findings: 32 MiB.
  public static let rememberedFrames = 1 << 22

  /// Nothing is written.
  public var failure: ReportOutputFailure? { nil }

  /// How many frames the pass read.
  public var frameCount: UInt64 { summary?.capture.frameCount ?? 0 }

  /// What is known at the end of the pass.
  private(set) var summary: ReportSummary?
  /// The frames whose messages are held.
  private(set) var frames: Set<UInt64> = []
  /// Records with findings whose messages are left out, for there are too many.
  private(set) var recordsLeftOut = 0
  /// The record of a page that has only one.
  public var onlyRecord: RecordIdentifier? { recordCount == 1 ? firstRecord : nil }
  let choice: EmbeddedMessages
  private var recordCount = 0
  private var firstRecord: RecordIdentifier?

  private var records: [(id: RecordIdentifier, frames: [UInt64])] = []
  private var rememberedFrames = 0
  private var severities: [RecordIdentifier: Finding.Severity] = [:]

  /// Prepares a page with these messages.
  public init(_ choice: EmbeddedMessages) {
    self.choice = choice
  }

  /// Remembers the frames of a record, or which records a finding is about.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    if let id = record.id {
      recordCount += 1
      if firstRecord == nil { firstRecord = id }
    }
    guard choice == .findings else { return }
    if case .finding(let finding) = record {
      for id in finding.about where severities.count < HTMLReport.shownRecords {
        severities[id] = max(severities[id] ?? finding.severity, finding.severity)
      }
    } else if let id = record.id, rememberedFrames < HTMLSelection.rememberedFrames {
      let frames = record.events.map(\.frame.number)
      rememberedFrames += frames.count
      records.append((id, frames))
    }
  }

  /// Chooses the frames: those of the worst findings first.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    self.summary = summary
    for severity in [Finding.Severity.error, .warning, .note] {
      for record in records where severities[record.id] == severity {
        if frames.count + record.frames.count > HTMLSelection.embeddedMessages {
          recordsLeftOut += 1
        } else {
          frames.formUnion(record.frames)
        }
      }
    }
    let severities = severities
    for record in records.lazy.filter({ severities[$0.id] == nil }).prefix(HTMLSelection.firstRecords)
    where frames.count + record.frames.count <= HTMLSelection.embeddedMessages {
      frames.formUnion(record.frames)
    }
    records = []
    self.severities = [:]
  }

  /// Whether the messages of a frame are held.
  func holds(_ frame: FrameReference) -> Bool {
    switch choice {
    case .all: true
    case .none: false
    case .findings: frames.contains(frame.number)
    }
  }
}
