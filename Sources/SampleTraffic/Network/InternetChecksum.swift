import CaptureFacts

/// The ones' complement sum of IPv4, ICMP, UDP and TCP (RFC 1071).
struct InternetChecksum {
  private var sum: UInt64 = 0

  /// Adds bytes that begin at an even offset of what is summed.
  mutating func add(_ bytes: [UInt8]) {
    var index = 0
    while index + 1 < bytes.count {
      sum += UInt64(bytes[index]) << 8 | UInt64(bytes[index + 1])
      index += 2
    }
    if index < bytes.count { sum += UInt64(bytes[index]) << 8 }
  }

  /// Adds the pseudo-header of UDP and TCP (RFC 768, RFC 9293 section 3.1, RFC 8200 section 8.1).
  mutating func addPseudoHeader(source: IPAddress, destination: IPAddress, protocolNumber: UInt8, length: Int) {
    var header: [UInt8] = []
    header.append(address: source)
    header.append(address: destination)
    header.append(bigEndian: UInt32(length))
    header.append(bigEndian: UInt32(protocolNumber))
    add(header)
  }

  /// The value of the checksum field.
  var value: UInt16 {
    var folded = sum
    while folded > 0xffff { folded = (folded & 0xffff) + folded >> 16 }
    return ~UInt16(folded)
  }
}
