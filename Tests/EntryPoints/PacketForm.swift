import ByteReading

/// Puts a payload into a packet of IPv4, so that an input need not hold the addresses and lengths around it.
struct PacketForm {
  /// The protocol in the IP header.
  var ipProtocol: UInt8
  /// The last bytes of the addresses.
  var source: UInt8 = 1
  var destination: UInt8 = 2
  /// Identification, flags and offset of fragments.
  var identification: UInt16 = 0
  var fragment: UInt16 = 0

  /// The packet, with at most 65,515 bytes of `payload`.
  func packet(_ payload: RawSpan) -> [UInt8] {
    let length = 20 + min(payload.byteCount, 65_515)
    var bytes: [UInt8] = [0x45, 0, UInt8(length >> 8), UInt8(length & 0xff)]
    bytes += [UInt8(identification >> 8), UInt8(identification & 0xff), UInt8(fragment >> 8), UInt8(fragment & 0xff)]
    bytes += [64, ipProtocol, 0, 0, 10, 0, 0, source, 10, 0, 0, destination]
    bytes.append(payload, in: 0..<length - 20)
    return bytes
  }

  /// Time that passes before a packet, in nanoseconds, by three bits of its marks: nothing, moments, and what timers wait
  /// for; once it goes back.
  static func pause(_ marks: UInt8) -> Int64 {
    pauses[Int(marks >> 5)]
  }

  /// The marks of the longest pause that is no longer than `interval`, in nanoseconds.
  static func marks(ofPause interval: Int64) -> UInt8 {
    guard interval >= 0 else { return 7 << 5 }
    return UInt8(pauses.dropLast().lastIndex { $0 <= interval } ?? 0) << 5
  }

  private static let pauses: [Int64] = [
    0, 1_000_000, 50_000_000, 500_000_000, 5_000_000_000, 40_000_000_000, 300_000_000_000, -1_000_000_000,
  ]
}
