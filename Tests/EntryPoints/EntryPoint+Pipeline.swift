import ByteReading
import CJSONC
import CaptureAnalysis
import CaptureFacts
import CaptureInput
import CorrelationStreams
import Reports

extension EntryPoint {
  static let pipeline = [
    // A capture file in, a report out; the length of the file chooses its form.
    EntryPoint("analysis", .capture) { bytes in report(ScratchFile(bytes), bytes.byteCount) },
    // Each record is a message, put into a datagram, a segment or a chunk of data.
    EntryPoint("signalling", .messages) { bytes in
      let file = SignallingCapture.file(of: bytes)
      report(ScratchFile(file.rawSpan), bytes.byteCount)
    },
    // The front of a stream of which nothing is known: HTTP/2 with its header block, XCAP, TLS, and all that is read.
    EntryPoint("stream-search", .bytes) { bytes in
      for searched in [0, StreamSearch.bound - 1] {
        switch StreamSearch.look(in: bytes, searchedBefore: searched) {
        case .found(_, let offset):
          if !(0...bytes.byteCount).contains(offset) { fail("found at \(offset) of \(bytes.byteCount)") }
        case .undecided(let passed):
          if !(0...bytes.byteCount).contains(passed) { fail("\(passed) of \(bytes.byteCount) are passed") }
        case .foreign: break
        }
      }
    },
    EntryPoint("correlation-stream", .lines) { bytes in
      _ = correlation(of: ScratchFile(bytes))
    },
  ]

  /// The same for each run, so that an input takes the same way each time.
  private static let key = HashKey(first: 0x0123_4567_89ab_cdef, second: 0xfedc_ba98_7654_3210)

  /// How an input is analysed.
  static func options(for input: ScratchFile) -> AnalysisOptions {
    var options = AnalysisOptions(inputs: [input.path])
    options.key = key
    return options
  }

  /// Analyses the input into one form of report, and holds that to what it promises.
  private static func report(_ input: ScratchFile, _ choice: Int) {
    let options = options(for: input)
    switch choice % 4 {
    case 0:
      if let text = run(options, { JSONReport(output: $0) }) { expectJSON(text[...]) }
    case 1:
      if let text = run(options, { NDJSONReport(output: $0) }) { expectLines(text) }
    case 2:
      if let text = run(options, { MessageReport(output: $0, form: .ndjson, detail: .full) }) { expectLines(text) }
    default:
      let text = run(options, { CorrelationReport(output: $0, mask: SecretMask()) }, stream: { $0.stream })
      guard let text else { return }
      guard let report = correlation(of: ScratchFile(text.span.bytes)) else {
        fail("what was written for correlation cannot be read")
      }
      expectJSON(report[...])
    }
  }

  /// The report of a stream for correlation; nil where it cannot be read.
  private static func correlation(of stream: ScratchFile) -> [UInt8]? {
    var options = options(for: stream)
    options.readsCorrelationStreams = true
    return run(options) { JSONReport(output: $0) }
  }

  /// What was written; nil where the input cannot be read. With a `stream` of the report messages are written there and not
  /// joined.
  static func run<Report: ReportWriter>(
    _ options: AnalysisOptions, _ make: (ReportOutput) -> Report,
    stream: (Report) -> CorrelationStreamWriter? = { _ in nil }
  ) -> [UInt8]? {
    let output = ScratchFile()
    guard let target = try? ReportOutput(path: output.path, whenComplete: false) else { fail("no output") }
    var report = make(target)
    return analysis(options, into: &report, stream: stream(report)) ? output.bytes() : nil
  }

  /// Whether the input can be read. The report is shown each message where it asks for them and no `observer` does.
  static func analysis<Report: ReportWriter>(
    _ options: AnalysisOptions, into report: inout Report, observer: (any MessageObserver)? = nil,
    stream: CorrelationStreamWriter? = nil, opened: OpenedPackets? = nil
  ) -> Bool {
    var analysis = CaptureAnalysis(
      options, observer: observer ?? report as? any MessageObserver, stream: stream, opened: opened)
    do {
      try analysis.run(into: &report)
      return true
    } catch is CaptureInputFailure {
      return false
    } catch is CorrelationStreamFailure {
      return false
    } catch {
      fail("\(error)")
    }
  }

  /// A value of JSON on each line.
  private static func expectLines(_ text: [UInt8]) {
    for line in text.split(separator: 0x0a) { expectJSON(line) }
  }

  /// One value of JSON, strict, with its strings in UTF-8, and a line end behind it.
  static func expectJSON(_ bytes: ArraySlice<UInt8>) {
    let tokener = json_tokener_new_ex(64)
    defer { json_tokener_free(tokener) }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8)
    let text = bytes.last == 0x0a ? bytes.dropLast() : bytes
    let value = text.withUnsafeBytes { bytes in
      json_tokener_parse_ex(
        tokener, bytes.bindMemory(to: CChar.self).baseAddress, Int32(truncatingIfNeeded: bytes.count))
    }
    defer { json_object_put(value) }
    guard json_tokener_get_error(tokener) == json_tokener_success, json_tokener_get_parse_end(tokener) == text.count
    else { fail("no JSON, at byte \(json_tokener_get_parse_end(tokener)) of \(text.count)") }
  }
}
