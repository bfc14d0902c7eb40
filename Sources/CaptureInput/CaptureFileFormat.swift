/// How a capture file is laid out.
public struct CaptureFileFormat: Hashable, Sendable {
  /// The family of formats.
  public enum Family: Hashable, Sendable {
    /// One header, then records (draft-ietf-opsawg-pcap).
    case pcap
    /// Blocks (draft-ietf-opsawg-pcapng).
    case pcapng
  }

  /// Which family.
  public var family: Family
  /// Whether the numbers of the (first) header have their most significant byte first.
  public var isBigEndian: Bool
  /// Whether the file as a whole is compressed.
  public var isCompressed: Bool

  /// The name in reports.
  public var name: String { family == .pcap ? "pcap" : "pcapng" }
}
