/// The form of a capture file that is written.
public enum CaptureFileFormat: Hashable, Sendable {
  /// Classic pcap with times in microseconds, as most tools write it.
  case pcap
  /// Classic pcap with times in nanoseconds.
  case nanosecondPcap
  /// pcapng (draft-ietf-opsawg-pcapng): one section, one interface, times in nanoseconds.
  case pcapng
}
