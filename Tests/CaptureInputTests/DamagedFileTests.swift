import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// A capture cut short or damaged is read as far as it goes; whatever the bytes are, reading ends.
struct DamagedFileTests {
  static let classic: [UInt8] = {
    var file = CaptureBytes()
    file.pcapHeader()
    for number in 1...4 { file.record(seconds: UInt32(number), [UInt8](repeating: UInt8(number), count: 7 * number)) }
    return file.bytes
  }()

  static let blocks: [UInt8] = {
    var file = CaptureBytes(bigEndian: true)
    file.sectionHeader()
    file.interface { $0.option(2, Array("eth0".utf8)) }
    file.enhancedPacket(ticks: 1, [1, 2, 3])
    file.block(4) { $0.append(UInt64(0)) }
    file.block(3) { body in
      body.append(UInt32(2))
      body.append([7, 7])
    }
    file.block(5) { body in
      body.append(UInt32(0))
      body.append(UInt64(0))
      body.option(5, 3)
    }
    file.enhancedPacket(ticks: 2, [4, 5]) { $0.option(1, Array("note".utf8)) }
    return file.bytes
  }()

  @Test("cut at every offset: the whole frames before it are read, and a cut inside a record is told")
  func cuts() throws {
    let directory = try TemporaryDirectory()
    for (bytes, headerLength) in [(Self.classic, 24), (Self.blocks, 28)] {
      let whole = try directory.read(bytes).frames
      var counts: Set<Int> = []
      for length in 0..<bytes.count {
        let part = Array(bytes[..<length])
        guard length >= headerLength else {
          #expect(directory.failure([try directory.file("cut", part)]) != nil, "\(length)")
          continue
        }
        let (frames, warnings) = try directory.read(part)
        #expect(frames == Array(whole.prefix(frames.count)))
        #expect(warnings.count <= 1)
        if let warning = warnings.first { #expect(warning.contains("cut short in the middle of a")) }
        counts.insert(frames.count)
      }
      #expect(counts == Set(0..<whole.count))
    }
  }

  @Test("seeded bit flips and foreign bytes: no crash, no endless reading", arguments: [1, 2, 3, 4] as [UInt64])
  func flips(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = try TemporaryDirectory()
    for _ in 0..<300 {
      for var bytes in [Self.classic, Self.blocks] {
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          let position = Int.random(in: 4..<bytes.count, using: &generator)
          bytes[position] =
            Bool.random(using: &generator) ? bytes[position] ^ (1 << UInt8.random(in: 0..<8, using: &generator)) : 0xff
        }
        guard let (frames, warnings) = try? directory.read(bytes) else { continue }
        #expect(frames.count <= 4)
        #expect(warnings.count <= 1)
      }
    }
  }

  @Test("a damaged file ends alone: the others are read on")
  func othersGoOn() throws {
    let directory = try TemporaryDirectory()
    let cut = try directory.file("a.pcap", Array(Self.classic.dropLast(3)))
    let whole = try directory.file("b.pcap", Self.classic)
    var capture = try MergedCapture([cut, whole])
    let frames = capture.readAll()
    #expect(frames.map(\.file) == [0, 1, 0, 1, 0, 1, 1])
    let warnings = capture.warnings
    #expect(warnings.map(\.input) == [cut])
    let summaries = capture.summaries
    #expect(summaries.map(\.isDamaged) == [true, false])
    let anomalies = capture.anomalies
    #expect(anomalies.count(of: .fileDamaged) == 1)
  }
}
