import CaptureAnalysis
import CaptureFacts
import Foundation
import Reports
import SubscriberTimelines

/// A report that keeps everything in memory, to look at.
struct CollectedReport: ReportWriter {
  private(set) var registrations: [Registration] = []
  private(set) var calls: [Call] = []
  private(set) var messaging: [MessagingRecord] = []
  private(set) var findings: [Finding] = []
  private(set) var late: [(record: RecordIdentifier, event: TimelineEvent)] = []
  private(set) var streamsOutsideOfCalls: [MediaStream] = []
  private(set) var summary: ReportSummary?

  /// Writing to memory does not fail.
  var failure: ReportOutputFailure? { nil }

  mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    switch record {
    case .registration(let registration): registrations.append(registration)
    case .call(let call): calls.append(call)
    case .messaging(let record): messaging.append(record)
    case .finding(let finding): findings.append(finding)
    case .late(let record, let event): late.append((record, event))
    case .media(let stream): streamsOutsideOfCalls.append(stream)
    }
  }

  mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    self.summary = summary
  }

  /// Analyses `files` as one capture; records stand in order of their start.
  static func analysing(_ files: [URL]) throws -> CollectedReport {
    var report = CollectedReport()
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: files.map(\.path)))
    try analysis.run(into: &report)
    report.registrations.sort { $0.start < $1.start }
    report.calls.sort { $0.start < $1.start }
    report.messaging.sort { $0.start < $1.start }
    return report
  }

  /// What was seen and what was not.
  var coverage: Coverage { summary?.coverage ?? Coverage() }

  /// All nodes.
  var nodes: [Node] { summary?.nodes.nodes() ?? [] }

  /// The Diameter connections.
  var peers: [DiameterPeer] { summary?.transport.diameterPeers ?? [] }

  /// The roles of each node by its addresses.
  func roles(at address: String) -> [String] {
    nodes.filter { $0.addresses.contains { $0.description == address } }.flatMap { $0.roles.map(\.name) }
  }

  /// The id of the node that a handle names.
  func name(_ handle: NodeHandle) -> String { summary?.nodes.id(of: handle) ?? "" }

  /// All subscribers.
  var subscribers: [Subscriber] {
    var all: [Subscriber] = []
    summary?.subscribers.forEach { all.append($0) }
    return all
  }

  /// The id of the subscriber that a handle names.
  func id(_ handle: SubscriberHandle?) -> RecordIdentifier? {
    guard let handle else { return nil }
    return summary?.subscribers.id(of: handle)
  }

  /// The subscriber that a handle names.
  func subscriber(_ handle: SubscriberHandle?) -> Subscriber? {
    guard let id = id(handle) else { return nil }
    return subscribers.first { $0.id == id }
  }
}
