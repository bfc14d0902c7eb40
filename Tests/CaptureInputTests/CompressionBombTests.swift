import Foundation
import SharedCaptures
import Testing

/// Compressed captures that unpack to far more than they have, read by the built command: what they unpack to is read
/// piece by piece and never held, so memory does not follow it, and time follows it and nothing else.
struct CompressionBombTests {
  /// What is packed, with what should come of it.
  struct Bomb: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The exit status: 2 for what is no capture.
    let status: Int
    let make: @Sendable () -> [UInt8]

    init(_ description: String, status: Int = 0, _ make: @escaping @Sendable () -> [UInt8]) {
      testDescription = description
      self.status = status
      self.make = make
    }
  }

  private static func header() -> CaptureBytes {
    var file = CaptureBytes()
    file.pcapHeader()
    return file
  }

  /// 128 MiB of packets of the greatest length.
  private static let longPackets: [UInt8] = {
    var file = header()
    var record = CaptureBytes()
    record.record([UInt8](repeating: 0, count: 262_144))
    for _ in 0..<512 { file.append(record.bytes) }
    return file.bytes
  }()

  /// As many records of no length as fit into 8 MiB.
  private static let noPackets = header().bytes + [UInt8](repeating: 0, count: 8 << 20)

  private static func gzip(_ bytes: [UInt8]) -> [UInt8] { CompressedAndPipedInputTests.gzip(bytes) }
  private static func zstandard(_ bytes: [UInt8]) -> [UInt8] { CompressedAndPipedInputTests.zstandard(bytes) }

  private static func many(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    (0..<count).flatMap { _ in bytes }
  }

  static let bombs = [
    Bomb("gzip of long packets") { gzip(longPackets) },
    Bomb("Zstandard of long packets") { zstandard(longPackets) },
    Bomb("gzip of packets without content") { gzip(noPackets) },
    Bomb("Zstandard of packets without content") { zstandard(noPackets) },
    // Unpacked once only.
    Bomb("gzip in gzip", status: 2) { gzip(gzip(longPackets)) },
    Bomb("Zstandard in Zstandard", status: 2) { zstandard(zstandard(longPackets)) },
    Bomb("gzip members without content") { gzip(header().bytes) + many(gzip([]), 100_000) },
    Bomb("Zstandard frames without content") { zstandard(header().bytes) + many(zstandard([]), 100_000) },
    // RFC 8878 section 3.1.2.
    Bomb("Zstandard frames that are skipped") {
      zstandard(header().bytes) + many([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0], 100_000)
    },
    // RFC 8878 section 3.1.1.1.2: no single segment, and the greatest window, of 3.75 TiB.
    Bomb("a Zstandard window beyond all memory", status: 2) {
      [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff] + [UInt8](repeating: 0, count: 4096)
    },
    Bomb("a pcapng block of zeros beyond the longest", status: 2) {
      gzip(
        [0x0a, 0x0d, 0x0d, 0x0a, 0xfc, 0xff, 0xff, 0x7f, 0x4d, 0x3c, 0x2b, 0x1a]
          + [UInt8](repeating: 0, count: 64 << 20))
    },
  ]

  /// Runs a command and says its status, the most memory it had in KiB and its CPU time in seconds.
  private static let measured = """
    python3 -c 'import resource, subprocess, sys
    status = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(status, usage.ru_maxrss, usage.ru_utime + usage.ru_stime)'
    """

  @Test("memory does not follow what is unpacked", arguments: bombs)
  func bomb(_ bomb: Bomb) throws {
    let folder = try TemporaryFolder()
    let bytes = bomb.make()
    // What makes it one.
    #expect(bytes.count < 4 << 20)
    let file = try folder.write(bytes, as: "bomb")
    let ending = try BuiltCommand.shell(
      Self.measured + " $IMSTRACE analyze --format json $FILE", environment: ["FILE": file.path])
    let figures = ending.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    try #require(figures.count == 3, "\(ending.text) \(ending.errors)")
    #expect(figures[0] == Double(bomb.status), "\(ending.errors)")
    #expect(figures[1] < 200 * 1024, "KiB")
    #expect(figures[2] < 30, "seconds")
    #expect(ending.errors.split(separator: "\n").count <= 1, "\(ending.errors)")
  }
}
