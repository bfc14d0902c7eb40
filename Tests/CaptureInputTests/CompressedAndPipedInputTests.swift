import CLibzstd
import CZlib
import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// The way in which bytes arrive does not change what is read.
struct CompressedAndPipedInputTests {
  /// 80 frames: more than one output window of the decoders.
  static let capture: [UInt8] = {
    var file = CaptureBytes()
    var generator = SeededGenerator(seed: 7)
    file.pcapHeader()
    for number in 0..<80 {
      let data = (0..<5000).map { _ in UInt8.random(in: 0..<16, using: &generator) }
      file.record(seconds: UInt32(number), data)
    }
    return file.bytes
  }()

  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1000)
    let count = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        deflate(&stream, Z_FINISH)
        return target.count - Int(stream.avail_out)
      }
    }
    return Array(output[..<count])
  }

  static func zstandard(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = ZSTD_compress(&output, output.count, bytes, bytes.count, 3)
    return Array(output[..<count])
  }

  @Test("gzip and Zstandard, in one part or several, give the frames of the plain file")
  func compressed() throws {
    let directory = try TemporaryDirectory()
    let plain = try directory.read(Self.capture).frames
    let half = Self.capture.count / 2
    let (first, second) = (Array(Self.capture[..<half]), Array(Self.capture[half...]))
    for packed in [
      Self.gzip(Self.capture), Self.gzip(first) + Self.gzip(second), Self.gzip(Self.capture) + [0, 0, 0, 0],
      Self.zstandard(Self.capture), Self.zstandard(first) + Self.zstandard(second),
    ] {
      let (frames, warnings) = try directory.read(packed)
      #expect(frames == plain)
      #expect(warnings == [])
    }
  }

  @Test("compressed data that end early or are damaged give the frames before, and a warning")
  func damaged() throws {
    let directory = try TemporaryDirectory()
    let plain = try directory.read(Self.capture).frames
    for packed in [Self.gzip(Self.capture), Self.zstandard(Self.capture)] {
      let (cut, cutWarnings) = try directory.read(Array(packed.dropLast(packed.count / 3)))
      #expect(cut.count > 20 && cut.count < 80 && cut == Array(plain.prefix(cut.count)))
      #expect(cutWarnings.first?.hasPrefix("the compressed data end early") == true)
    }
    var broken = Self.gzip(Self.capture)
    for index in broken.count / 2..<broken.count / 2 + 64 { broken[index] = 0xff }
    let (_, warnings) = try directory.read(broken)
    #expect(warnings.count == 1)
  }

  @Test("frames of a pipe come while it is still being written")
  func pipe() throws {
    var ends: [Int32] = [0, 0]
    #expect(Glibc.pipe(&ends) == 0)
    defer { close(ends[0]) }
    let bytes = DamagedFileTests.classic
    // The header and two records: the pipe holds them, and its writer has not closed it when they are read.
    #expect(write(ends[1], bytes, 24 + 23 + 30) == 77)
    var capture = try MergedCapture(["/dev/fd/\(ends[0])"])
    var frames: [ReadFrame] = []
    for _ in 0..<2 where capture.advance() { frames.append(ReadFrame(capture.frame)) }
    #expect(frames.map(\.bytes.count) == [7, 14])
    let rest = Array(bytes[77...])
    #expect(write(ends[1], rest, rest.count) == rest.count)
    close(ends[1])
    frames += capture.readAll()
    #expect(frames.map(\.bytes.count) == [7, 14, 21, 28])
  }
}
