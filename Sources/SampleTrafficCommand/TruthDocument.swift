import Foundation
import SampleTraffic

/// The truth of a capture in the form of its JSON file: names as in the reports of imstrace where they mean the
/// same, frames as numbered in merged order, absent values left out.
struct TruthDocument: Encodable {
  struct Record: Encodable {
    var id: String
    var kind: String?
    var emergency: Bool?
    var caller: String?
    var callee: String?
    var outcome: String
    var status: Int?
    var challenges: Int?
    var impi: String?
    var impu: String?
    var legCount: Int?
    var releasedBy: String?
    var openAtEnd: Bool?
    var features: [String]?
    var startNanoseconds: Int64
    var cause: String?
    var joins: [String]?
    var related: [String]?
    var callIdentifiers: [String]
    var frames: [Int]
  }

  struct Exchange: Encodable {
    var interface: String
    var command: String
    var resultCode: UInt32?
    var experimentalResultCode: UInt32?
    var requestFrames: [Int]
    var answerFrames: [Int]
    var record: String?
  }

  struct Message: Encodable {
    var kind: String
    var summary: String
    var from: String
    var to: String
    var transport: String
    var record: String?
    var retransmission: Bool?
    var frame: Int?
    var frames: [Int]
    var observations: Int
  }

  struct Node: Encodable {
    var name: String
    var addresses: [String]
    var roles: [String]
  }

  struct Subscriber: Encodable {
    var impis: [String]
    var impus: [String]
  }

  var scenario: String
  var seed: UInt64
  var lossPercent: Int
  var frameCounts: [Int]
  var sipMessages: Int
  var sipObservations: Int
  var diameterMessages: Int
  var diameterObservations: Int
  var nodes: [Node]
  var subscribers: [Subscriber]
  var registrations: [Record]
  var calls: [Record]
  var services: [Record]
  var exchanges: [Exchange]
  var messages: [Message]

  init(_ truth: ScenarioTruth) {
    scenario = truth.scenario
    seed = truth.seed
    lossPercent = truth.lossPercent
    frameCounts = truth.frameCounts
    sipMessages = truth.distinctMessages(of: .sip)
    sipObservations = truth.observations(of: .sip)
    diameterMessages = truth.distinctMessages(of: .diameter)
    diameterObservations = truth.observations(of: .diameter)
    nodes = truth.nodes.map { Node(name: $0.name, addresses: $0.addresses, roles: $0.roles) }
    subscribers = truth.subscribers.map { Subscriber(impis: $0.impis, impus: $0.impus) }
    let frames = Dictionary(grouping: truth.messages.filter { $0.record != nil }) { $0.record ?? "" }
      .mapValues { Set($0.flatMap(\.frames)).sorted() }
    registrations = truth.registrations.map { record in
      Record(
        id: record.id, kind: record.kind.rawValue, emergency: record.isEmergency,
        outcome: record.outcome.rawValue, status: record.status, challenges: record.challenges, impi: record.impi,
        impu: record.impu, startNanoseconds: record.start, cause: record.cause?.rawValue,
        callIdentifiers: record.callIDs,
        frames: frames[record.id] ?? [])
    }
    calls = truth.calls.map { record in
      Record(
        id: record.id, caller: record.caller, callee: record.callee, outcome: record.outcome.rawValue,
        status: record.status, legCount: record.legs, releasedBy: record.releasedBy,
        openAtEnd: record.isOpenAtEnd, features: record.features, startNanoseconds: record.start,
        cause: record.cause?.rawValue, joins: record.joins.isEmpty ? nil : record.joins,
        related: record.related.isEmpty ? nil : record.related,
        callIdentifiers: record.callIDs, frames: frames[record.id] ?? [])
    }
    services = truth.services.map { record in
      Record(
        id: record.id, kind: record.kind.rawValue, caller: record.originator, callee: record.recipient,
        outcome: record.isSuccessful ? "succeeded" : "failed", status: record.status,
        startNanoseconds: record.start, cause: record.cause?.rawValue,
        related: record.related.isEmpty ? nil : record.related, callIdentifiers: record.callIDs,
        frames: frames[record.id] ?? [])
    }
    let messages = truth.messages
    exchanges = truth.exchanges.map { exchange in
      var written = Exchange(
        interface: exchange.interface, command: exchange.command.rawValue,
        requestFrames: exchange.requests.compactMap { messages[$0].completingFrame },
        answerFrames: exchange.answers.compactMap { messages[$0].completingFrame }, record: exchange.record)
      switch exchange.result {
      case .base(let code): written.resultCode = code
      case .experimental(let code): written.experimentalResultCode = code
      case nil: break
      }
      return written
    }
    self.messages = messages.map { message in
      Message(
        kind: message.kind.rawValue, summary: message.summary, from: "\(message.from)", to: "\(message.to)",
        transport: message.transport.name, record: message.record,
        retransmission: message.isRetransmission ? true : nil, frame: message.completingFrame,
        frames: message.frames, observations: message.observations)
    }
  }

  /// The document as text, keys in order, so that the same truth gives the same bytes.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
