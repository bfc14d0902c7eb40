/// The errors that ICMP reports (RFC 792 and RFC 1122 section 3.2.2.1; for IPv6 RFC 4443 section 3).
enum ICMPError {
  private static let unreachable4 = [
    "network unreachable", "host unreachable", "protocol unreachable", "port unreachable", "fragmentation needed",
    "source route failed", "network unknown", "host unknown", "source host isolated", "network prohibited",
    "host prohibited", "network unreachable for this service", "host unreachable for this service",
    "communication prohibited", "host precedence violation", "precedence cutoff",
  ]
  private static let unreachable6 = [
    "no route", "communication prohibited", "beyond scope", "address unreachable", "port unreachable",
    "source address refused", "route rejected",
  ]

  /// The error in words.
  static func name(type: UInt8, code: UInt8, isVersion4: Bool) -> String {
    switch (type, isVersion4) {
    case (3, true) where Int(code) < unreachable4.count: unreachable4[Int(code)]
    case (1, false) where Int(code) < unreachable6.count: unreachable6[Int(code)]
    case (11, true), (3, false): "time exceeded"
    case (2, false): "packet too big"
    default: "ICMP type \(type) code \(code)"
    }
  }

  /// Whether it says that the packet did not arrive and that sending it again is no use: not so where it was only too
  /// long (RFC 1191 section 4, RFC 4443 section 3.2).
  static func isFinal(type: UInt8, code: UInt8, isVersion4: Bool) -> Bool {
    isVersion4 ? !(type == 3 && code == 4) : type != 2
  }
}
