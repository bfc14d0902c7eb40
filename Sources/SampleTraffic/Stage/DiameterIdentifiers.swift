/// The counters from which a Diameter node takes its identifiers (RFC 6733 section 3).
struct DiameterIdentifiers {
  var hopByHop: UInt32
  var endToEnd: UInt32
  var session: UInt32 = 0
  /// The high part of Session-Id (RFC 6733 section 8.8).
  var sessionBase: UInt32

  init(using random: inout SeededGenerator) {
    hopByHop = UInt32(truncatingIfNeeded: random.next())
    endToEnd = UInt32(truncatingIfNeeded: random.next())
    sessionBase = UInt32(truncatingIfNeeded: random.next())
  }
}
