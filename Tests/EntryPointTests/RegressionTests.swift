import EntryPoints
import Foundation
import SharedCaptures
import Testing

/// What fuzzers found, and what they might: each input once ended a run, held it up, or made it say what is not so.
struct RegressionTests {
  private static let folder = SharedCaptures.packageDirectory.appending(path: "Tests/EntryPointTests/Inputs")

  @Test("inputs that were findings are read", .timeLimit(.minutes(1)), arguments: EntryPoint.all.map(\.name))
  func inputs(_ name: String) throws {
    let entry = try #require(EntryPoint.named(name))
    for input in try Self.inputs(of: name) {
      let bytes = try [UInt8](Data(contentsOf: input))
      let start = ContinuousClock.now
      entry.run(bytes.span.bytes)
      #expect(ContinuousClock.now - start < .seconds(5), "\(name), \(input.lastPathComponent)")
    }
  }

  @Test("each folder of inputs is of an entry point") func folders() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { !$0.hasPrefix(".") }
    #expect(Set(names).isSubset(of: EntryPoint.all.map(\.name)))
  }

  @Test("what is empty, one byte, and a page of one value is read", arguments: EntryPoint.all.map(\.name))
  func plain(_ name: String) throws {
    let entry = try #require(EntryPoint.named(name))
    entry.run([UInt8]().span.bytes)
    for value in [0, 1, 0x0a, 0x20, 0x3c, 0x7f, 0x80, 0xff] as [UInt8] {
      entry.run([value].span.bytes)
      entry.run(Array(repeating: value, count: 4096).span.bytes)
    }
  }

  private static func inputs(of name: String) throws -> [URL] {
    let inputs = folder.appending(path: name)
    guard FileManager.default.fileExists(atPath: inputs.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(at: inputs, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
  }
}
