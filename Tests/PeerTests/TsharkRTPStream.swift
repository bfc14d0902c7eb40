import Foundation
import SharedCaptures

/// A row of tshark's table of RTP streams.
struct TsharkRTPStream {
  var from: String
  var to: String
  var source: UInt32
  var packets: UInt64
  var lost: Int64
  /// In milliseconds.
  var meanJitter: Double
  /// In milliseconds.
  var greatestJitter: Double

  /// The streams of a capture; those that no session description announced are found by tshark's heuristic.
  static func streams(of file: URL) throws -> [TsharkRTPStream] {
    try Tshark.lines(["-r", file.path, "-q", "-z", "rtp,streams", "--enable-heuristic", "rtp_udp"])
      .compactMap { TsharkRTPStream(row: $0) }
  }

  /// Start, end, address, port, address, port, SSRC, codecs, packets, lost, share, three deltas, three jitters, problems.
  private init?(row: Substring) {
    let words = row.split(separator: " ").map(String.init)
    guard words.count >= 17, Double(words[0]) != nil, let place = words.firstIndex(where: { $0.hasPrefix("0x") }),
      place == 6, let source = UInt32(words[6].dropFirst(2), radix: 16)
    else { return nil }
    // Names of codecs may be several words.
    guard let share = words.firstIndex(where: { $0.hasPrefix("(") && $0.hasSuffix("%)") }), words.count >= share + 7,
      let packets = UInt64(words[share - 2]), let lost = Int64(words[share - 1]), let mean = Double(words[share + 5]),
      let greatest = Double(words[share + 6])
    else { return nil }
    from = TsharkRTPStream.end(words[2], words[3])
    to = TsharkRTPStream.end(words[4], words[5])
    self.source = source
    self.packets = packets
    self.lost = lost
    meanJitter = mean
    greatestJitter = greatest
  }

  private static func end(_ address: String, _ port: String) -> String {
    address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}
