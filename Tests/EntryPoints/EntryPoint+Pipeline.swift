import ByteReading
import CJSONC
import CaptureAnalysis
import CaptureFacts
import CaptureInput
import CorrelationStreams
import Reports

extension EntryPoint {
  private static let input = ScratchFile("input")
  private static let stream = ScratchFile("stream")
  private static let output = ScratchFile("output")

  static let pipeline = [
    // A capture file in, a report out; the length of the file chooses its form.
    EntryPoint("analysis", .capture) { bytes in
      input.hold(bytes)
      report(bytes.byteCount)
    },
    // Each record is a message, put into a datagram, a segment or a chunk of data.
    EntryPoint("signalling", .messages) { bytes in
      let file = SignallingCapture.file(of: bytes)
      input.hold(file.rawSpan)
      report(bytes.byteCount)
    },
    EntryPoint("correlation-stream", .lines) { bytes in
      stream.hold(bytes)
      correlate()
    },
  ]

  /// Analyses the input into one form of report, and holds that to what it promises.
  private static func report(_ choice: Int) {
    switch choice % 4 {
    case 0:
      run { JSONReport(output: $0) }
      expectJSON(output.bytes())
    case 1:
      run { NDJSONReport(output: $0) }
      for line in output.bytes().split(separator: 0x0a) { expectJSON(Array(line)) }
    case 2:
      do {
        let target = try ReportOutput(path: output.path, whenComplete: false)
        let messages = MessageReport(output: target, form: .ndjson, detail: .full)
        var analysis = CaptureAnalysis(AnalysisOptions(inputs: [input.path]), observer: messages)
        var report = messages
        try analysis.run(into: &report)
      } catch is CaptureInputFailure {
        return
      } catch {
        fail("\(error)")
      }
      for line in output.bytes().split(separator: 0x0a) { expectJSON(Array(line)) }
    default:
      do {
        var report = CorrelationReport(
          output: try ReportOutput(path: stream.path, whenComplete: false), mask: SecretMask())
        var analysis = CaptureAnalysis(AnalysisOptions(inputs: [input.path]), stream: report.stream)
        try analysis.run(into: &report)
      } catch is CaptureInputFailure {
        return
      } catch {
        fail("\(error)")
      }
      if !correlate() { fail("what was written for correlation cannot be read") }
      expectJSON(output.bytes())
    }
  }

  /// Joins the stream; false where it cannot be read.
  @discardableResult
  private static func correlate() -> Bool {
    do {
      var options = AnalysisOptions(inputs: [stream.path])
      options.readsCorrelationStreams = true
      var report = JSONReport(output: try ReportOutput(path: output.path, whenComplete: false))
      var analysis = CaptureAnalysis(options)
      try analysis.run(into: &report)
      return true
    } catch is ReportOutputFailure {
      fail("the report could not be written")
    } catch {
      return false
    }
  }

  private static func run<Report: ReportWriter>(_ make: (ReportOutput) -> Report) {
    do {
      var report = make(try ReportOutput(path: output.path, whenComplete: false))
      var analysis = CaptureAnalysis(AnalysisOptions(inputs: [input.path]))
      try analysis.run(into: &report)
    } catch is CaptureInputFailure {
      // None that can be read: then nothing was written.
      output.hold(Array("{}\n".utf8).rawSpan)
    } catch {
      fail("\(error)")
    }
  }

  /// One value of JSON, strict, with its strings in UTF-8, and a line end behind it.
  private static func expectJSON(_ bytes: [UInt8]) {
    let tokener = json_tokener_new_ex(64)
    defer { json_tokener_free(tokener) }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8)
    let text = bytes.last == 0x0a ? bytes.dropLast() : bytes[...]
    let value = text.withUnsafeBytes { bytes in
      json_tokener_parse_ex(
        tokener, bytes.bindMemory(to: CChar.self).baseAddress, Int32(truncatingIfNeeded: bytes.count))
    }
    defer { json_object_put(value) }
    guard json_tokener_get_error(tokener) == json_tokener_success, json_tokener_get_parse_end(tokener) == text.count
    else { fail("no JSON, at byte \(json_tokener_get_parse_end(tokener)) of \(text.count)") }
  }
}
