import ByteReading
import CaptureAnalysis
import CaptureFacts
import CaptureInput
import CorrelationStreams
import DiameterMessages
import EntryPoints
import Glibc
import PacketLayers
import Reports
import SIPMessages
import SubscriberTimelines

/// Makes first inputs for each entry point out of real captures.
final class SeedWriter: ReportWriter, MessageObserver {
  /// Longer inputs slow a fuzzer down more than they teach it.
  static let longest = 1 << 15

  /// Captures, and what was read of them, are cut into pieces of so many bytes too: what comes late in a long capture is
  /// a seed then, and short inputs are tried sooner.
  static let pieceLength = 4096

  private let folder: String
  private var written: Set<[UInt8]> = []
  private var messages: [UInt8] = []
  /// Which path each pair of hosts is, by the addresses of both.
  private var paths: [Set<IPAddress>: (number: UInt8, first: IPAddress)] = [:]
  private var lastTime: Timestamp?

  var failure: ReportOutputFailure? { nil }

  init(folder: String) {
    self.folder = folder
  }

  /// Takes what a capture holds.
  func take(_ capture: String) {
    // What is cut is read as far as it goes.
    let bytes = contents(of: capture)
    write(Array(bytes.prefix(Self.longest)), for: "capture-file")
    write(Array(bytes.prefix(Self.longest)), for: "analysis")
    writePieces(bytes, .capture, for: "analysis")
    takeFrames(capture)
    messages = []
    paths = [:]
    lastTime = nil
    var report = self
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: [capture]), observer: self)
    try? analysis.run(into: &report)
    writePieces(messages, .messages, for: "signalling")
    writePieces(messages, .messages, for: "reports")
    takeStream(capture)
  }

  // MARK: - Messages

  func begin(inputs: [String]) {}
  func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {}
  func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {}

  func take(_ observed: Observed<SIPMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    let message = observed.message
    write(message.bytes, for: "sip-message")
    write(message.bytes, for: "sip-stream")
    let count = message.bytes.count
    let length: [UInt8] = count < 126 ? [UInt8(count)] : [126, UInt8(count >> 8 & 0xff), UInt8(count & 0xff)]
    write([0x81] + length + message.bytes, for: "websocket-stream")
    addMessage(message.bytes, of: observed, carrier: 0)
    for part in message.bodyParts() {
      let body = message.span.copied(part.content.range)
      let type = part.contentType.map { message.text($0.type) + "/" + message.text($0.subtype) }?.lowercased() ?? ""
      if type == "application/sdp" { write(body, for: "session-description") }
      if type == "application/vnd.3gpp.sms" { write(body, for: "short-message") }
      if let place = EntryPoint.contentTypes.firstIndex(of: type) {
        write([UInt8(place)] + body, for: "service-document")
      }
    }
  }

  func take(_ observed: Observed<DiameterMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    let message = observed.message
    write(message.bytes, for: "diameter-message")
    write(message.bytes + message.bytes, for: "diameter-stream")
    addMessage(message.bytes, of: observed, carrier: 1)
    guard !message.userData.isEmpty else { return }
    let data = message.span.copied(message.userData.range)
    write(data, for: "user-data")
    write([0] + data, for: "service-document")
  }

  /// Adds a record of `SignallingCapture`, on one of its four paths and as much later as it can say.
  private func addMessage<Message>(_ bytes: [UInt8], of observed: Observed<Message>, carrier: UInt8) {
    let source = observed.flow.source.address
    let hosts: Set = [source, observed.flow.destination.address]
    let path = paths[hosts] ?? (UInt8(paths.count & 3), source)
    paths[hosts] = path
    let pause = lastTime.map { observed.time.nanoseconds &- $0.nanoseconds } ?? 0
    lastTime = observed.time
    messages += record(
      bytes,
      marks: SignallingCapture.marks(
        carrier: carrier, path: path.number, isBack: path.first != source, pause: pause))
  }

  // MARK: - Frames

  private func takeFrames(_ capture: String) {
    guard var source = try? MergedCapture([capture], isInterrupted: { false }) else { return }
    var anomalies = AnomalyLedger()
    var records: [String: [UInt8]] = [:]
    var first: Endpoint?
    while source.advance() {
      let frame = source.frame
      let bytes = frame.bytes.copied(0..<frame.bytes.byteCount)
      let type = UInt16(truncatingIfNeeded: frame.linkType.rawValue)
      write([UInt8(type >> 8), UInt8(type & 0xff)] + bytes, for: "packet-layers")
      let packet = PacketDecoder().decode(
        bytes.span.bytes, linkType: frame.linkType, frame: frame.reference, anomalies: &anomalies)
      guard let packet else { continue }
      first = first ?? packet.source
      let marks: UInt8 = packet.source == first ? 0x20 : 0x21
      let payload = packet.payload
      func add(_ start: Int, to entry: String, marks: UInt8) {
        guard start >= 0, records[entry, default: []].count < Self.longest / 4 else { return }
        records[entry, default: []] += record(Array(bytes[start..<payload.upperBound]), marks: marks)
      }
      switch packet.content {
      case .sctp: add(payload.lowerBound - 12, to: "sctp-associations", marks: marks)
      case .segment:
        let length = stride(from: 20, through: 60, by: 4).first { length in
          let start = payload.lowerBound - length
          return start >= 0 && Int(bytes[start + 12] >> 4) * 4 == length
        }
        guard let length else { break }
        add(payload.lowerBound - length, to: "tcp-streams", marks: marks)
        fragment(Array(bytes[(payload.lowerBound - length)..<payload.upperBound]))
      case .encapsulatingSecurityPayload: add(payload.lowerBound, to: "security-payloads", marks: marks)
      case .datagram where payload.count > 12 && bytes[payload.lowerBound] & 0xc0 == 0x80:
        add(payload.lowerBound, to: "media-streams", marks: packet.source == first ? 0x24 : 0x21)
      default: break
      }
    }
    for (entry, bytes) in records { write(bytes, for: entry) }
  }

  /// A segment in two fragments, the second first.
  private func fragment(_ bytes: [UInt8]) {
    let half = bytes.count / 16 * 8
    guard half > 0 else { return }
    let offset = half / 8
    let last = record([UInt8(offset >> 8), UInt8(offset & 0xff)] + bytes[half...], marks: 0)
    write(last + record([0x20, 0] + bytes[..<half], marks: 0x20), for: "ip-fragments")
  }

  // MARK: - Streams

  private func takeStream(_ capture: String) {
    let file = folder + "/stream.part"
    guard let output = try? ReportOutput(path: file, whenComplete: false) else { return }
    var report = CorrelationReport(output: output, mask: SecretMask())
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: [capture]), stream: report.stream)
    try? analysis.run(into: &report)
    let bytes = contents(of: file)
    write(Array(bytes.prefix(Self.longest)), for: "correlation-stream")
    writePieces(bytes, .lines, for: "correlation-stream")
    unlink(file)
  }

  // MARK: - Files

  private func record(_ bytes: [UInt8], marks: UInt8) -> [UInt8] {
    let content = bytes.prefix(0xffff)
    return [UInt8(content.count >> 8), UInt8(content.count & 0xff), marks] + content
  }

  private func writePieces(_ bytes: [UInt8], _ shape: InputShape, for entry: String) {
    for piece in StructuredInput(bytes, shape)?.pieces(of: Self.pieceLength) ?? [] { write(piece, for: entry) }
  }

  /// Writes an input, once; those that are too long are left out.
  private func write(_ bytes: [UInt8], for entry: String) {
    guard !bytes.isEmpty, bytes.count <= Self.longest, written.insert([UInt8](entry.utf8) + bytes).inserted else {
      return
    }
    let target = folder + "/" + entry
    mkdir(target, 0o777)
    guard let file = fopen(target + "/seed-\(written.count)", "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  /// A file, or its first megabyte.
  private func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    return [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
  }
}
