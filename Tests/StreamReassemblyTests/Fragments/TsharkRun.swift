import CaptureFacts
import CaptureInput
import Foundation
import PacketLayers
import SharedCaptures

/// What tshark says about each frame of several captures, which mergecap puts one behind the other so that one run does.
struct TsharkRun {
  /// One line for each frame: the protocols, then the last occurrence of each field asked for.
  var lines: [[Substring]] = []

  /// The merged capture.
  var merged: URL

  init(_ files: [URL]) throws {
    merged = FileManager.default.temporaryDirectory.appending(path: "layers-\(UUID().uuidString).pcapng")
    try Tshark.output(["-a", "-F", "pcapng", "-w", merged.path] + files.map(\.path), of: Tshark.mergecap)
    let fields = [
      "frame.protocols", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "udp.srcport", "udp.dstport", "tcp.srcport",
      "tcp.dstport", "sctp.srcport", "sctp.dstport",
    ]
    let options = ["-o", "ip.defragment:TRUE", "-o", "ipv6.defragment:TRUE", "-E", "occurrence=l", "-T", "fields"]
    lines = try Tshark.lines(["-n", "-r", merged.path] + options + fields.flatMap { ["-e", $0] }).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
  }

  /// What tshark shows innermost in one frame: addresses, and ports where there are any; empty without IP.
  static func ends(_ line: [Substring]) -> String {
    guard line.count == 11 else { return "" }
    let protocols = line[0].split(separator: ":")
    guard let network = protocols.lastIndex(where: { $0 == "ip" || $0 == "ipv6" }) else { return "" }
    let addresses = protocols[network] == "ip" ? (line[1], line[2]) : (line[3], line[4])
    let transports: [Substring: Int] = ["udp": 5, "tcp": 7, "sctp": 9]
    guard !addresses.0.isEmpty else { return "" }
    guard let transport = protocols[network...].compactMap({ transports[$0] }).first, !line[transport].isEmpty else {
      return "\(addresses.0) > \(addresses.1)"
    }
    return "\(addresses.0) \(line[transport]) > \(addresses.1) \(line[transport + 1])"
  }

  /// The same of a decoded packet.
  static func ends(_ packet: DecodedPacket?) -> String {
    guard let packet else { return "" }
    let hasPorts: Bool
    switch packet.content {
    case .datagram, .segment, .sctp: hasPorts = true
    // A security payload inside UDP, and a header of which only the ports could be believed, have them too.
    case .encapsulatingSecurityPayload, .other: hasPorts = packet.source.port != 0
    case .fragment, .unreachable: hasPorts = false
    }
    guard hasPorts else { return "\(packet.source.address) > \(packet.destination.address)" }
    return
      "\(packet.source.address) \(packet.source.port) > \(packet.destination.address) \(packet.destination.port)"
  }
}
