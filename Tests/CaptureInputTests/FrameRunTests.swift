import CaptureFacts
import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// Frames that are passed in runs are those that `advance()` moves to, and leave behind the same.
struct FrameRunTests {
  /// What was read of an input, and what is known of it at the end.
  private struct Reading: Equatable {
    var frames: [ReadFrame] = []
    var summaries: [CaptureFileSummary] = []
    var frameCount: UInt64 = 0
    var anomalies: [String] = []
    var passed: UInt64 = 0

    mutating func finish(_ capture: borrowing MergedCapture) {
      summaries = capture.summaries
      frameCount = capture.frameCount
      anomalies = AnomalyKind.allCases.map { "\($0) \(capture.anomalies.count(of: $0))" }
    }
  }

  private static func readOneByOne(_ inputs: [String]) throws -> Reading {
    var capture = try MergedCapture(inputs)
    var reading = Reading()
    reading.frames = capture.readAll()
    reading.finish(capture)
    return reading
  }

  /// Reads in runs of a random length, a frame between them by `advance()`.
  private static func readInRuns(_ inputs: [String], seed: UInt64) throws -> Reading {
    var generator = SeededGenerator(seed: seed)
    var capture = try MergedCapture(inputs)
    var reading = Reading()
    var passed: UInt64 = 0
    while capture.advance() {
      reading.frames.append(ReadFrame(capture.frame))
      let interface = capture.frame.interface
      let limit = UInt64.random(in: 0...20, using: &generator)
      var run = capture.run
      while run.passage.frames < limit, run.look() {
        reading.frames.append(
          ReadFrame(
            CapturedFrame(
              reference: run.reference, time: run.time, interface: interface, linkType: run.linkType,
              originalLength: UInt32(run.bytes.byteCount), bytes: run.bytes)))
        run.pass()
      }
      let passage = run.passage
      passed += passage.frames
      capture.take(passage)
    }
    reading.finish(capture)
    reading.passed = passed
    return reading
  }

  @discardableResult
  private static func expectSame(_ inputs: [String], seeds: ClosedRange<UInt64> = 1...5) throws -> UInt64 {
    let expected = try readOneByOne(inputs)
    var passed: UInt64 = 0
    for seed in seeds {
      var reading = try readInRuns(inputs, seed: seed)
      passed += reading.passed
      reading.passed = 0
      #expect(reading == expected, "\(inputs), seed \(seed)")
    }
    return passed
  }

  @Test("every capture at hand", .needsSharedCaptures) func captures() throws {
    var passed: UInt64 = 0
    var refused = 0
    let files = LibpcapPeerTests.captures
    for file in files {
      do {
        passed += try Self.expectSame([file.path], seeds: 1...2)
      } catch is CaptureInputFailure {
        refused += 1
      }
    }
    #expect(passed > 10_000 && refused < files.count / 4)
  }

  @Test("what ends a run: a clock that steps back, another interface, options, a frame that was cut") func ends() throws
  {
    let directory = try TemporaryDirectory()
    var classic = CaptureBytes()
    classic.pcapHeader()
    for second: UInt32 in [5, 6, 6, 2, 3, 9, 9, 9, 10, 4] { classic.record(seconds: second, [1, 2, 3]) }
    #expect(try Self.expectSame([try directory.file("classic", classic.bytes)]) > 0)
    var blocks = CaptureBytes()
    blocks.sectionHeader()
    blocks.interface { _ in }
    blocks.interface { _ in }
    for tick: UInt64 in 1...40 {
      switch tick % 10 {
      case 3: blocks.enhancedPacket(interface: 1, ticks: tick, [4])
      case 5: blocks.enhancedPacket(ticks: tick, [5]) { $0.option(1, Array("note".utf8)) }
      case 7: blocks.block(0xbad) { $0.append(UInt32(1)) }
      case 9: blocks.enhancedPacket(ticks: tick - 5, [9, 9])
      default: blocks.enhancedPacket(ticks: tick, Array(repeating: 1, count: Int(tick)))
      }
    }
    #expect(try Self.expectSame([try directory.file("blocks", blocks.bytes)]) > 0)
  }

  @Test("files that are damaged or cut anywhere") func damaged() throws {
    let directory = try TemporaryDirectory()
    for bytes in [DamagedFileTests.classic, DamagedFileTests.blocks] {
      for length in stride(from: 28, to: bytes.count, by: 3) {
        try Self.expectSame([try directory.file("cut", Array(bytes.prefix(length)))], seeds: 1...1)
      }
    }
  }

  @Test("none of several files, and none where a filter is asked") func none() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.file("a", DamagedFileTests.classic)
    var several = try MergedCapture([file, file])
    var filtered = try MergedCapture([file], filter: "ip")
    _ = several.advance()
    _ = filtered.advance()
    var ofSeveral = several.run
    let ofSeveralHasFrame = ofSeveral.look()
    var ofFiltered = filtered.run
    let ofFilteredHasFrame = ofFiltered.look()
    #expect(!ofSeveralHasFrame && !ofFilteredHasFrame)
  }
}
