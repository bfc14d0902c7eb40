import Foundation
import Testing

@testable import Reports

@Suite struct ReportOutputTests {
  @Test("the file appears when it is complete, with the permissions of a new file") func appears() throws {
    let file = try WrittenFile()
    let output = try file.output
    output.write(Array("a".utf8))
    output.flush()
    #expect(!FileManager.default.fileExists(atPath: file.url.path))
    try output.complete()
    #expect(try file.text == "a")
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.folder.path) == ["report"])
  }

  @Test("what is not completed leaves what was there and nothing else") func abandoned() throws {
    let file = try WrittenFile()
    try Data("old".utf8).write(to: file.url)
    do {
      let output = try file.output
      output.write(Array("new".utf8))
      output.flush()
    }
    #expect(try file.text == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.folder.path) == ["report"])
  }

  @Test("a link stays a link") func link() throws {
    let file = try WrittenFile()
    let target = file.folder.appending(path: "target")
    try Data().write(to: target)
    try FileManager.default.createSymbolicLink(at: file.url, withDestinationURL: target)
    let output = try file.output
    output.write(Array("a".utf8))
    try output.complete()
    #expect(try String(contentsOf: target, encoding: .utf8) == "a")
    #expect(try file.url.resourceValues(forKeys: [.isSymbolicLinkKey]).isSymbolicLink == true)
  }

  @Test("a full disk is a failure with its reason") func fullDisk() throws {
    let output = try ReportOutput(path: "/dev/full", whenComplete: true)
    output.write(Array("a".utf8))
    let failure = try #require(throws: ReportOutputFailure.self) { try output.complete() }
    #expect(failure.description == "/dev/full: cannot write: No space left on device")
  }

  @Test("a folder that is absent is a failure") func absentFolder() {
    #expect(throws: ReportOutputFailure.cannotWrite(output: "/nowhere/x", code: ENOENT)) {
      try ReportOutput(path: "/nowhere/x", whenComplete: true)
    }
  }
}
