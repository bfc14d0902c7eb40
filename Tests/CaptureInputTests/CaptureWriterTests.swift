import CaptureFacts
import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// What was written is read back as it was.
struct CaptureWriterTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// Reads `inputs` and writes them to `output`; what was read.
  private func copy(_ inputs: [String], to output: String) throws -> [ReadFrame] {
    var capture = try MergedCapture(inputs)
    var writer = try CaptureWriter(output)
    var frames: [ReadFrame] = []
    while capture.advance() {
      frames.append(ReadFrame(capture.frame))
      let interface = capture.interfaces[Int(capture.frame.interface)]
      try writer.write(capture.frame, interface: interface, comments: capture.frameComments)
    }
    try writer.flush()
    return frames
  }

  @Test("pcapng keeps interfaces of several link types, nanoseconds and comments")
  func pcapng() throws {
    var bytes = CaptureBytes(bigEndian: true)
    bytes.sectionHeader()
    bytes.interface(linkType: 1, snapLength: 96) { $0.option(2, Array("eth0".utf8)) }
    bytes.interface(linkType: 113) { options in
      options.option(3, Array("bridge".utf8))
      options.option(9, [9])
    }
    bytes.enhancedPacket(interface: 1, ticks: 1_700_000_000_123_456_789, original: 99, [1, 2, 3]) { options in
      options.option(1, Array("späte Antwort".utf8))
      options.option(1, Array("of the HSS".utf8))
    }
    bytes.enhancedPacket(interface: 0, ticks: 1_700_000_000_123_457, [4, 5, 6, 7])
    let output = directory.path("copy.pcapng")
    let frames = try copy([try directory.file("input", bytes.bytes)], to: output)
    var again = try MergedCapture([output])
    #expect(again.advance() == true)
    let comments = again.frameComments
    #expect(comments == ["späte Antwort", "of the HSS"])
    var copies = [ReadFrame(again.frame)]
    copies += again.readAll()
    #expect(copies.map(\.content) == frames.map(\.content))
    let interfaces = again.interfaces
    #expect(interfaces.map(\.description) == ["bridge", ""])
    #expect(interfaces.map(\.name) == ["", "eth0"])
    #expect(interfaces.map(\.snapLength) == [0, 96])
  }

  @Test("a name ending in .pcap makes classic pcap with nanoseconds, readable by libpcap, of one link type")
  func pcap() throws {
    let output = directory.path("copy.pcap")
    let input = try directory.file("input", DamagedFileTests.classic)
    let frames = try copy([input], to: output)
    let peer = LibpcapPeerTests.read(output)
    #expect(peer?.frames == frames.map(\.content))
    var other = CaptureBytes()
    other.pcapHeader(linkType: 113)
    other.record([1])
    let second = try directory.file("second", other.bytes)
    #expect(throws: CaptureWriteFailure.self) { try copy([input, second], to: output) }
  }

  @Test("a capture without frames is a valid file in both formats")
  func empty() throws {
    for name in ["empty.pcap", "empty.pcapng"] {
      var writer = try CaptureWriter(directory.path(name))
      try writer.flush()
      var capture = try MergedCapture([directory.path(name)])
      let frames = capture.readAll()
      #expect(frames.isEmpty)
      #expect(LibpcapPeerTests.read(directory.path(name)) != nil || name == "empty.pcapng")
    }
  }

  @Test("a full disk and a directory that is not there are told as failures")
  func failures() throws {
    let input = try directory.file("input", DamagedFileTests.classic)
    #expect(throws: CaptureWriteFailure(output: "/dev/full", message: "writing failed: No space left on device")) {
      try copy([input], to: "/dev/full")
    }
    let path = directory.path("nowhere/copy.pcap")
    #expect(throws: CaptureWriteFailure(output: path, message: "cannot be written: No such file or directory")) {
      try copy([input], to: path)
    }
  }

  @Test("a ring changes files by size and time, names them as dumpcap does and keeps as many as asked")
  func ring() throws {
    var bytes = CaptureBytes()
    bytes.pcapHeader()
    for second in [0, 1, 2, 10, 11, 12, 13] as [UInt32] {
      bytes.record(seconds: second, [UInt8](repeating: 1, count: 400))
    }
    let input = try directory.file("input", bytes.bytes)
    for (limits, numbers) in [
      (CaptureRing.Limits(seconds: 5), ["00001", "00002"]),
      (CaptureRing.Limits(kilobytes: 1), ["00001", "00002", "00003"]),
      (CaptureRing.Limits(kilobytes: 1, files: 2), ["00002", "00003"]),
    ] {
      let folder = directory.url.appending(path: "ring\(numbers.joined())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var ring = CaptureRing(folder.path + "/trace.pcap", limits: limits)
      var capture = try MergedCapture([input])
      while capture.advance() { try ring.write(capture.frame, interface: capture.interfaces[0]) }
      try ring.flush()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names.map { String($0.prefix(12)) } == numbers.map { "trace_\($0)_" })
      #expect(names.allSatisfy { $0.hasSuffix(".pcap") && $0.count == 31 })
      if limits.files == nil {
        var again = try MergedCapture([folder.path])
        let frames = again.readAll()
        #expect(frames.count == 7)
      }
    }
  }
}
