import Foundation

/// Captures that tests make, kept for the fuzzers to begin with (Fuzzing/run): what a test knows of a protocol need not be
/// found again by chance. IMSTRACE_KEEP_INPUTS names the folder that they are kept in; none are without it.
public enum KeptInputs {
  private static let folder = ProcessInfo.processInfo.environment["IMSTRACE_KEEP_INPUTS"].map { URL(filePath: $0) }

  /// Longer captures are not kept: fuzzers want short ones.
  private static let longest = 300_000

  /// How captures begin: classic ones of both byte orders, in microseconds and nanoseconds (draft-ietf-opsawg-pcap section
  /// 4), pcapng (draft-ietf-opsawg-pcapng section 4.1), gzip (RFC 1952 section 2.3.1), Zstandard (RFC 8878 section 3.1.1).
  private static let openings: [[UInt8]] = [
    [0xd4, 0xc3, 0xb2, 0xa1], [0xa1, 0xb2, 0xc3, 0xd4], [0x4d, 0x3c, 0xb2, 0xa1], [0xa1, 0xb2, 0x3c, 0x4d],
    [0x0a, 0x0d, 0x0d, 0x0a], [0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd],
  ]

  /// Whether they are kept.
  public static let areWanted = folder != nil

  /// Keeps bytes that begin as a capture does.
  public static func keep(_ bytes: [UInt8]) {
    guard let folder, bytes.count <= longest, openings.contains(where: bytes.starts) else { return }
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? Data(bytes).write(to: folder.appending(path: UUID().uuidString + ".pcap"))
  }

  /// Keeps the captures that lie in a folder, which is about to be removed.
  public static func keepCaptures(in folder: URL) {
    guard areWanted else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names {
      if let bytes = try? Data(contentsOf: folder.appending(path: name)) { keep(Array(bytes)) }
    }
  }
}
