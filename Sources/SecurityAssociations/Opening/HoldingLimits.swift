/// How much waits for keys that may still come: a Multimedia-Auth-Answer is before the packets that its keys open, unless
/// it was captured elsewhere, by another clock or later on its way.
enum HoldingLimits {
  /// Bytes of payloads: some 3000 of the greatest that Ethernet carries.
  static let bytes = 4 << 20
  /// Payloads.
  static let packets = 4096
  /// Packet time: what is opened still finds its transaction (64*T1 is 32 s) and its TCP connection.
  static let nanoseconds: Int64 = 8_000_000_000
}
