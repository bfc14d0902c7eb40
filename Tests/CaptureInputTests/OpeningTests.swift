import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// Each input that cannot be read at all gives one clear line before anything is read.
struct OpeningTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test("what is no capture is named for what it is")
  func contents() throws {
    let cases: [(String, [UInt8], String)] = [
      ("empty", [], "the file is empty; was the capture stopped before it was written?"),
      ("short", [0xd4, 0xc3], "not a capture file: only 2 bytes long; fetch the file again"),
      (
        "text", Array("INVITE sip:bob@example.org SIP/2.0\r\n".utf8),
        "a text file, not a capture; give a pcap or pcapng file, plain or compressed by gzip or zstd"
      ),
      (
        "binary", [1, 2, 3, 4, 5, 6, 7, 8],
        "not a capture file; give pcap or pcapng, plain or compressed by gzip or zstd"
      ),
      ("zip", Array("PK\u{3}\u{4}........".utf8), "a zip archive; unpack it and give the files in it"),
      (
        "header", Array(DamagedFileTests.classic[..<20]), "not a capture file: only 20 bytes long; fetch the file again"
      ),
      (
        "gzip", [0x1f, 0x8b, 8, 0],
        "its compressed data are damaged or cut before the first header; fetch the file again"
      ),
    ]
    for (name, bytes, message) in cases {
      let path = try directory.file(name, bytes)
      #expect(directory.failure([path]) == "\(path): \(message)")
    }
  }

  @Test("a missing file, also beside one that is there")
  func missing() throws {
    let there = try directory.file("there.pcap", DamagedFileTests.classic)
    let path = directory.path("missing.pcap")
    #expect(directory.failure([there, path]) == "\(path): no such file; check the path")
  }

  @Test("a file that this user may not read", .enabled(if: getuid() != 0, "root may read everything"))
  func unreadable() throws {
    let path = try directory.file("secret.pcap", DamagedFileTests.classic)
    chmod(path, 0)
    #expect(directory.failure([path]) == "\(path): permission denied; make it readable for this user")
  }

  @Test("standard input twice")
  func standardInputTwice() {
    #expect(directory.failure(["-", "-"]) == "-: standard input is named twice; it can be read once")
  }

  @Test("more files than can be merged")
  func tooMany() throws {
    let path = try directory.file("one.pcap", DamagedFileTests.classic)
    let message = directory.failure(Array(repeating: path, count: 1025))
    #expect(message == "\(path): more than 1024 files in all; merge some of them first (mergecap)")
  }

  @Test("a directory stands for the captures in it, found by content, in the order of their names")
  func directories() throws {
    let inner = directory.url.appending(path: "inner")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    let empty = inner.path
    #expect(
      directory.failure([empty])
        == "\(empty): the directory holds no capture file; give one that holds pcap or pcapng files")
    _ = try directory.file("inner/b.anything", DamagedFileTests.blocks)
    _ = try directory.file("inner/a.txt", Array("no capture".utf8))
    _ = try directory.file("inner/c", DamagedFileTests.classic)
    _ = try directory.file("inner/.hidden", DamagedFileTests.classic)
    var capture = try MergedCapture([empty])
    #expect(capture.summaries.map(\.name) == [inner.path + "/b.anything", inner.path + "/c"])
    let frames = capture.readAll()
    #expect(frames.map(\.file) == [0, 0, 0, 1, 1, 1, 1])
    let summaries = capture.summaries
    #expect(summaries.map(\.frames) == [3, 4])
    #expect(summaries.map(\.bytes) == [7, 70])
    #expect(summaries.map { $0.lastTime?.nanoseconds } == [2000, 4_000_000_000])
    #expect(summaries.map(\.format?.name) == ["pcapng", "pcap"])
  }
}
