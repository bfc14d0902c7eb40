import ArgumentParser
import Foundation
import SampleTraffic

struct AttackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack", abstract: "Write a capture made to exhaust whoever reads it.",
    discussion: StreamAttack.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

  @Argument(help: "Which attack.")
  var attack: StreamAttack
  @Argument(help: "The file to write.", completion: .file())
  var file: String
  @Option(help: "How many packets.")
  var packets = 1_000_000

  func run() throws {
    guard FileManager.default.createFile(atPath: file, contents: nil), let handle = FileHandle(forWritingAtPath: file)
    else { throw ValidationError("\(file) cannot be written") }
    var writer = StreamAttack.emptyFile
    try attack.write(packets: packets) { packet, time in
      writer.append(packet, at: time)
      // Written in parts: a million packets are no matter of memory here either.
      if writer.bytes.count > 1 << 20 { try handle.write(contentsOf: writer.takeBytes()) }
    }
    try handle.write(contentsOf: writer.takeBytes())
    try handle.close()
  }
}

extension StreamAttack: ExpressibleByArgument {}
