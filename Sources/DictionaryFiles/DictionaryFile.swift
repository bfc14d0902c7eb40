import DiameterMessages
import Glibc

/// A user's dictionary of Diameter in the XML form of Wireshark: `vendor`, `application`, `command`, `typedefn` and `avp`
/// with `type`, `grouped` and `enum`.
public struct DictionaryFile: Sendable {
  /// The longest file: that of Wireshark with all its parts has less than one MiB.
  public static let largestFile = 16 << 20

  /// What the file defines.
  public let definitions: DiameterDictionary

  /// What the user should be told, as lines that begin with file and line: what was passed over.
  public let warnings: [String]

  /// Reads the file at `path`.
  public init(path: String) throws(DictionaryFileFailure) {
    try self.init(bytes: DictionaryFile.contents(of: path), path: path)
  }

  /// Reads a dictionary that is in memory; `path` names it where something is wrong.
  public init(bytes: [UInt8], path: String) throws(DictionaryFileFailure) {
    let reader = DictionaryFileReader(path: path)
    definitions = try reader.read(bytes)
    warnings = reader.warnings
  }

  private static func contents(of path: String) throws(DictionaryFileFailure) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, systemMessage(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, systemMessage(errno))
      }
      bytes += block[..<count]
      if bytes.count > largestFile { throw failure(path, "more than \(largestFile >> 20) MiB: no dictionary") }
    }
  }

  private static func failure(_ path: String, _ message: String) -> DictionaryFileFailure {
    DictionaryFileFailure(path: path, line: nil, message: message)
  }

  private static func systemMessage(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
