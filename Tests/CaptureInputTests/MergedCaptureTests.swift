import CaptureFacts
import CaptureInput
import SharedCaptures
import Testing

/// Several files as one capture.
struct MergedCaptureTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func file(_ name: String, at seconds: [UInt32]) throws -> String {
    var bytes = CaptureBytes()
    bytes.pcapHeader()
    for second in seconds { bytes.record(seconds: second, [1]) }
    return try directory.file(name, bytes.bytes)
  }

  @Test("merged by time, equal times in the order of the inputs, numbered in merged order and in their file")
  func merge() throws {
    let inputs = [
      try file("a", at: [1, 3, 3, 9]), try file("b", at: [2, 3, 4]), try file("empty", at: []),
      try file("c", at: [0, 3]),
    ]
    var capture = try MergedCapture(inputs)
    let frames = capture.readAll()
    #expect(frames.map { $0.time / 1_000_000_000 } == [0, 1, 2, 3, 3, 3, 3, 4, 9])
    #expect(frames.map(\.file) == [3, 0, 1, 0, 0, 1, 3, 1, 0])
    #expect(frames.map(\.number) == Array(1...9))
    #expect(frames.map(\.numberInFile) == [1, 1, 1, 2, 3, 2, 2, 3, 4])
    #expect(Set(frames.map(\.interface)).count == 3)
  }

  @Test("files that follow each other in time share their interfaces, those of another tap beside them do not")
  func rotation() throws {
    let inputs = [
      try file("left_1", at: [1, 2]), try file("left_2", at: [2, 5]), try file("left_3", at: [6]),
      try file("right_1", at: [1, 3]), try file("right_2", at: [4, 7]),
    ]
    var capture = try MergedCapture(inputs)
    let frames = capture.readAll()
    let interfaces = Dictionary(grouping: frames, by: \.file).mapValues { Set($0.map(\.interface)) }
    #expect(interfaces[0] == interfaces[1] && interfaces[1] == interfaces[2])
    #expect(interfaces[3] == interfaces[4] && interfaces[0] != interfaces[3])
    let files = capture.interfaceFiles
    #expect(files == [[0, 1, 2], [3, 4]])
  }

  @Test("one file is never reordered; its clock stepping back is counted")
  func clockStepsBack() throws {
    var capture = try MergedCapture([try file("a", at: [5, 2, 6]), try file("b", at: [3, 4])])
    let frames = capture.readAll()
    #expect(frames.map { $0.time / 1_000_000_000 } == [3, 4, 5, 2, 6])
    let anomalies = capture.anomalies
    #expect(anomalies.count(of: .clockSteppedBack) == 1)
    #expect(anomalies.amount(of: .clockSteppedBack) == 3000)
    #expect(anomalies.lines.first?.entry.frames.first?.number == 4)
  }

  @Test(
    "random files: the merge is that of a stable sort where every file is in order", arguments: [1, 2, 3] as [UInt64])
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var inputs: [String] = []
    var expected: [(time: UInt32, file: UInt32)] = []
    for index in 0..<37 {
      let times = (0..<Int.random(in: 0..<20, using: &generator))
        .map { _ in UInt32.random(in: 0..<50, using: &generator) }.sorted()
      inputs.append(try file("f\(index)", at: times))
      expected += times.map { ($0, UInt32(index)) }
    }
    expected.sort { ($0.time, $0.file) < ($1.time, $1.file) }
    var capture = try MergedCapture(inputs)
    let frames = capture.readAll()
    #expect(frames.map(\.file) == expected.map(\.file))
  }

  @Test("a filter lets through what it matches; numbers stay those of the whole file")
  func filter() throws {
    let path = try directory.file("input", DamagedFileTests.classic)
    var capture = try MergedCapture([path], filter: "greater 20")
    let frames = capture.readAll()
    #expect(frames.map(\.number) == [3, 4])
    let summaries = capture.summaries
    #expect(summaries.map(\.frames) == [4])
    #expect(summaries.map(\.framesSelected) == [2])
    #expect(summaries.map(\.bytes) == [49])
  }

  @Test("a filter that libpcap does not understand fails with its words")
  func wrongFilter() throws {
    for bytes in [DamagedFileTests.classic, DamagedFileTests.blocks] {
      let path = try directory.file("input", bytes)
      #expect {
        _ = try MergedCapture([path], filter: "prot 5060")
      } throws: { error in
        "\(error)".hasPrefix("filter 'prot 5060': ") && "\(error)".contains("syntax error")
      }
    }
  }

  @Test("a filter without meaning for a later link type lets none of it through, with a warning")
  func filterForSomeLinkTypes() throws {
    var bytes = CaptureBytes()
    bytes.sectionHeader()
    bytes.interface(linkType: 1)
    bytes.enhancedPacket(interface: 0, [UInt8](repeating: 1, count: 60))
    bytes.interface(linkType: 192)
    bytes.enhancedPacket(interface: 1, [UInt8](repeating: 1, count: 60))
    let (frames, warnings) = try directory.read(bytes.bytes, filter: "not vlan")
    #expect(frames.map(\.number) == [1])
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("link type 192") == true)
  }
}
