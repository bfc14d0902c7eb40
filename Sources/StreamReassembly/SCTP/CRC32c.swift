import ByteReading

/// The checksum of SCTP (RFC 9260 appendix A): CRC32c, polynomial 0x1EDC6F41, reflected; eight bytes at a time from
/// eight tables.
public struct CRC32c: Sendable {
  private let tables: [UInt32]

  /// Makes the tables: 8 KiB.
  public init() {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var remainder = UInt32(byte)
      for _ in 0..<8 { remainder = remainder & 1 == 0 ? remainder >> 1 : remainder >> 1 ^ 0x82f6_3b78 }
      tables[byte] = remainder
    }
    for index in 256..<tables.count {
      let before = tables[index - 256]
      tables[index] = before >> 8 ^ tables[Int(before & 0xff)]
    }
    self.tables = tables
  }

  /// The state before the first byte.
  public static let initial = UInt32.max

  /// The state after `value`, in network order.
  func adding(_ value: UInt32, to state: UInt32) -> UInt32 {
    var state = state
    for shift: UInt32 in [24, 16, 8, 0] { state = adding(byte: UInt8(truncatingIfNeeded: value >> shift), to: state) }
    return state
  }

  /// The state after `bytes`.
  public func adding(_ bytes: RawSpan, to initial: UInt32) -> UInt32 {
    var state = initial
    var offset = 0
    while bytes.byteCount - offset >= 8 {
      let word = bytes.littleEndianUInt64(at: offset) ^ UInt64(state)
      state = 0
      for lane in 0..<8 {
        state ^= tables[(7 - lane) << 8 + Int(truncatingIfNeeded: word >> UInt64(8 * lane) & 0xff)]
      }
      offset += 8
    }
    while offset < bytes.byteCount {
      state = adding(byte: bytes.byte(at: offset), to: state)
      offset += 1
    }
    return state
  }

  /// The checksum as it stands in the header, read big-endian: the register goes out least significant byte first.
  public static func field(_ state: UInt32) -> UInt32 {
    (~state).byteSwapped
  }

  private func adding(byte: UInt8, to state: UInt32) -> UInt32 {
    state >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: state) ^ byte)]
  }
}
