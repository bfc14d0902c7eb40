@testable import CaptureInput
import Testing

/// The memory that all inputs of a run have in common.
struct InputMemoryTests {
  /// A capture in a Zstandard frame that asks for a window of 128 MiB: RFC 8878 sections 3.1.1.1.2 (exponent 17) and
  /// 3.1.1.2 (a raw block, the last).
  private static let wideWindow: [UInt8] = {
    let content = DamagedFileTests.classic
    let block = content.count << 3 | 1
    return [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, UInt8(block & 0xff), UInt8(block >> 8 & 0xff), UInt8(block >> 16)]
      + content
  }()

  /// A capture with a block of names (draft-ietf-opsawg-pcapng section 4.5) of 8 MiB.
  private static let longBlock: [UInt8] = {
    var file = CaptureBytes()
    file.sectionHeader()
    file.block(4) { $0.append([UInt8](repeating: 0, count: 8 << 20)) }
    return file.bytes
  }()

  private func failure(_ inputs: [String], _ memory: InputMemory) -> String? {
    do throws(CaptureInputFailure) {
      _ = try OpenFiles.open(inputs, memory: memory, isInterrupted: nil)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("windows of Zstandard are counted together") func windows() throws {
    let directory = try TemporaryDirectory()
    let inputs = try (0..<3).map { try directory.file("input\($0)", Self.wideWindow) }
    #expect(failure(inputs, InputMemory(bound: 450 << 20)) == nil)
    let words = try #require(failure(inputs, InputMemory(bound: 300 << 20)))
    #expect(words.contains("input2") && words.contains("more memory is needed"), "\(words)")
  }

  @Test("what a file took is given back with it") func giving() throws {
    let directory = try TemporaryDirectory()
    let input = try directory.file("input", Self.wideWindow)
    let memory = InputMemory(bound: 200 << 20)
    for _ in 0..<3 { #expect(failure([input], memory) == nil) }
    var files = try OpenFiles.open([input], memory: memory, isInterrupted: nil)
    #expect(failure([input], memory) != nil)
    var frames = 0
    while files[0].advance() { frames += 1 }
    #expect(frames > 0)
    files[0].buffer.release()
    #expect(failure([input], memory) == nil)
    // Nothing is read of it any more.
    let goesOn = files[0].advance()
    #expect(!goesOn)
  }

  @Test("blocks that are longer than the window are counted") func blocks() throws {
    let directory = try TemporaryDirectory()
    let input = try directory.file("input", Self.longBlock)
    for (bound, isDamaged) in [(32 << 20, false), (4 << 20, true)] {
      var files = try OpenFiles.open([input], memory: InputMemory(bound: bound), isInterrupted: nil)
      let goesOn = files[0].advance()
      let words = files[0].damage ?? ""
      #expect(!goesOn && words.contains("more memory is needed") == isDamaged, "\(words)")
    }
  }

  @Test("thirty files of a hundred bytes that ask for 128 MiB each are refused in one line") func many() throws {
    let directory = try TemporaryDirectory()
    let inputs = try (0..<30).map { try directory.file("input\($0)", Self.wideWindow) }
    let words = try #require(directory.failure(inputs))
    #expect(words.contains("more memory is needed than all inputs have together (3072 MiB)"), "\(words)")
    #expect(!words.contains("\n"))
  }
}
