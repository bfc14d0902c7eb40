/// How the records of a classic pcap file are laid out, as its header says.
struct RecordLayout {
  /// What stands in a record header for the two lengths.
  enum LengthOrder {
    /// First the number of bytes kept.
    case capturedFirst
    /// First the number of bytes on the wire: versions before 2.3.
    case originalFirst
    /// Version 2.3 wrote both orders: the smaller number is that of the bytes kept.
    case smallerIsCaptured
  }

  /// The length of a record header in bytes: 16, or 24 in the layout with interface and protocol that patched versions
  /// of libpcap wrote.
  var headerLength: Int
  /// The nanoseconds in one unit of the fraction of a second.
  var nanosecondsPerUnit: Int64
  /// The order of the lengths.
  var lengthOrder: LengthOrder
}
