/// Writes SCTP chunks (RFC 9260 section 3.3), padded to four bytes.
enum SCTPChunkBytes {
  static func chunk(_ type: UInt8, flags: UInt8 = 0, _ value: [UInt8]) -> [UInt8] {
    let length = value.count + 4
    return [type, flags] + number(UInt16(length)) + value + [UInt8](repeating: 0, count: (4 - length % 4) % 4)
  }

  static func data(
    _ transmissionNumber: UInt32, stream: UInt16 = 0, sequence: UInt16 = 0, protocol payloadProtocol: UInt32 = 46,
    flags: UInt8 = 3, _ bytes: [UInt8]
  ) -> [UInt8] {
    chunk(
      0, flags: flags,
      number(transmissionNumber) + number(stream) + number(sequence) + number(payloadProtocol) + bytes)
  }

  /// RFC 8260 section 2.1: `shared` is the PPID in the first fragment, the fragment number in the others.
  static func interleavedData(
    _ transmissionNumber: UInt32, stream: UInt16 = 0, message: UInt32, shared: UInt32, flags: UInt8, _ bytes: [UInt8]
  ) -> [UInt8] {
    chunk(
      64, flags: flags,
      number(transmissionNumber) + number(stream) + [0, 0] + number(message) + number(shared) + bytes)
  }

  static func initiation(
    acknowledges: Bool = false, tag: UInt32, transmissionNumber: UInt32, addresses: [UInt32] = []
  ) -> [UInt8] {
    var value = number(tag) + number(UInt32(65536)) + [0, 10, 0, 10] + number(transmissionNumber)
    for address in addresses { value += [0, 5, 0, 8] + number(address) }
    return chunk(acknowledges ? 2 : 1, value)
  }

  static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}
