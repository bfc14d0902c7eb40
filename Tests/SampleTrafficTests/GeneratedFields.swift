import Foundation
import SharedCaptures

/// What tshark reads of a generated capture.
enum GeneratedFields {
  /// The ports of the simulated nodes on which SIP must be announced to tshark.
  private static let ports = [4060, 5065, 5070, 5075, 5080, 6060]

  /// Checksums are verified, streams reassembled.
  private static let preferences = [
    "ip.check_checksum:TRUE", "udp.check_checksum:TRUE", "tcp.check_checksum:TRUE", "sctp.checksum:CRC-32C",
    "sctp.reassembly:TRUE", "tcp.reassemble_out_of_order:TRUE",
  ]

  /// The fields of every frame, each field with all its occurrences.
  static func fields(
    _ fields: [String], of file: URL, associations: [String] = []
  ) throws -> [[[Substring]]] {
    try Tshark.fields(
      fields, of: file, filter: "frame", preferences: preferences,
      arguments: Tshark.announcing("sip", on: ports, overUDP: true) + Tshark.arguments(withAssociations: associations))
  }
}
