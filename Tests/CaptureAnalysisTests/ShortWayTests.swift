import Foundation
import Reports
import SampleTraffic
import SharedCaptures
import Testing

@testable import CaptureAnalysis

/// Packets of known streams of media go a short way, in which nothing else may change. A packet with an option in its
/// block goes the whole way always: with options that say nothing, everything is the same.
struct ShortWayTests {
  private static let scenarios = Scenario.all.map(\.name).filter { $0.hasPrefix("media_") || $0 == "message_session" }

  private static var recordings: [URL] {
    ["realcore", "sip", "ims"].flatMap { SharedCaptures.files(in: $0, endingIn: [".pcap", ".cap"]) }
  }

  @Test("composed streams", arguments: scenarios) func scenario(_ name: String) throws {
    let folder = try TemporaryFolder()
    for bytes in try #require(Scenario.named(name)).play().files { try expectSame([UInt8](bytes), in: folder) }
  }

  @Test("recordings", arguments: recordings) func recording(_ capture: URL) throws {
    try expectSame([UInt8](try Data(contentsOf: capture)), in: try TemporaryFolder())
  }

  private func expectSame(_ classic: [UInt8], in folder: TemporaryFolder) throws {
    let records = ClassicCapture.records(of: classic)
    guard !records.isEmpty else { return }
    let short = try lines(of: blocks(classic, records, withOptions: false), in: folder)
    let whole = try lines(of: blocks(classic, records, withOptions: true), in: folder)
    #expect(short.count > 1 && short == whole)
    // The same in a cooked capture (LINKTYPE_LINUX_SLL).
    if classic[20] == 1 {
      let shortCooked = try lines(of: blocks(classic, records, withOptions: false, cooked: true), in: folder)
      let wholeCooked = try lines(of: blocks(classic, records, withOptions: true, cooked: true), in: folder)
      #expect(shortCooked.count > 1 && shortCooked == wholeCooked)
    }
    // Frames of two files that are merged go one by one, on the short way as well.
    let file = folder.url.appending(path: "classic.pcap")
    try Data(classic).write(to: file)
    let empty = folder.url.appending(path: "empty.pcap")
    try Data(classic.prefix(24)).write(to: empty)
    let runs = try lines(of: [file], in: folder)
    let merged = try lines(of: [file, empty], in: folder)
    #expect(Self.records(of: runs) == Self.records(of: whole) && Self.records(of: merged) == Self.records(of: whole))
  }

  private func lines(of capture: [UInt8], in folder: TemporaryFolder) throws -> [Substring] {
    let file = folder.url.appending(path: "capture.pcapng")
    try Data(capture).write(to: file)
    return try lines(of: [file], in: folder)
  }

  /// The lines that do not name the files.
  private static func records(of lines: [Substring]) -> [Substring] {
    lines.filter { !$0.contains("capture.pcapng") && !$0.contains("classic.pcap") }
  }

  private func lines(of files: [URL], in folder: TemporaryFolder) throws -> [Substring] {
    let output = folder.url.appending(path: "output")
    var report = NDJSONReport(output: try ReportOutput(path: output.path, whenComplete: false))
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: files.map(\.path)))
    try analysis.run(into: &report)
    return String(decoding: try Data(contentsOf: output), as: UTF8.self).split(separator: "\n")
  }

  /// The records as blocks of pcapng (draft-ietf-opsawg-pcapng sections 4.1 to 4.3), each with an `epb_flags` that says
  /// nothing or without an option.
  private func blocks(
    _ classic: [UInt8], _ records: [Range<Int>], withOptions: Bool, cooked: Bool = false
  ) -> [UInt8] {
    func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    func field(_ offset: Int) -> UInt32 {
      classic[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    func block(_ type: UInt32, _ content: [UInt8]) -> [UInt8] {
      let length = number(UInt32(content.count + 12))
      return number(type) + length + content + length
    }
    let unitsOfSecond: UInt64 = classic[0] == 0x4d ? 1_000_000_000 : 1_000_000
    // The resolution of its interface: if_tsresol, code 9, 6 or 9 as a power of ten.
    let resolution: [UInt8] = [9, 0, 1, 0, classic[0] == 0x4d ? 9 : 6, 0, 0, 0, 0, 0, 0, 0]
    var bytes = block(0x0a0d_0d0a, number(0x1a2b_3c4d) + [1, 0, 0, 0] + Array(repeating: 0xff, count: 8))
    bytes += block(1, number(cooked ? 113 : field(20) & 0xffff) + number(0) + resolution)
    for record in records {
      let start = record.lowerBound
      let ticks = UInt64(field(start)) * unitsOfSecond + UInt64(field(start + 4))
      var frame = Array(classic[start + 16..<record.upperBound])
      if cooked, frame.count >= 14 { frame.replaceSubrange(0..<12, with: [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0]) }
      let length = UInt32(frame.count)
      frame += Array(repeating: 0, count: -frame.count & 3)
      let options: [UInt8] = withOptions ? [2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0] : []
      bytes += block(
        6,
        number(0) + number(UInt32(ticks >> 32)) + number(UInt32(truncatingIfNeeded: ticks)) + number(length)
          + number(cooked ? length : max(field(start + 12), length)) + frame + options)
    }
    return bytes
  }
}
