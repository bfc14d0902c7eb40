import CaptureAnalysis
import CaptureFacts
import DiameterMessages
import Reports
import SIPMessages
import SubscriberTimelines

/// The messages of a capture, copies and retransmissions included, in their order: what the layers are given to work on.
final class CollectedMessages: ReportWriter, MessageObserver {
  private(set) var sip: [Observed<SIPMessage>] = []
  private(set) var diameter: [Observed<DiameterMessage>] = []
  /// What the last message came with: its directories name the ends of all before it.
  private(set) var context: MessageContext?
  /// Two ends that the directories name.
  private(set) var sighting: MessageSighting?

  var failure: ReportOutputFailure? { nil }

  /// Reads `inputs`.
  static func reading(_ inputs: [String]) throws -> CollectedMessages {
    let collected = CollectedMessages()
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: inputs), observer: collected)
    var report = collected
    try analysis.run(into: &report)
    return collected
  }

  func begin(inputs: [String]) {}

  func take(_ observed: Observed<SIPMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    sip.append(observed)
    self.sighting = sighting
    self.context = context
  }

  func take(_ observed: Observed<DiameterMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    diameter.append(observed)
    self.sighting = sighting
    self.context = context
  }

  func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {}

  func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {}
}
