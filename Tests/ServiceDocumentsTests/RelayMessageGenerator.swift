/// Writes messages of the relay and transfer layer with every kind of content, from a seed (TS 24.011 section 7.3, TS
/// 23.040 section 9.2.2).
struct RelayMessageGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  private mutating func number(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  private mutating func byte() -> UInt8 { UInt8(number(256)) }

  private mutating func digits(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(number(10)) } }

  private func semiOctets(_ digits: [UInt8]) -> [UInt8] {
    stride(from: 0, to: digits.count, by: 2).map { place in
      digits[place] | (place + 1 < digits.count ? digits[place + 1] : 0x0f) << 4
    }
  }

  static func packed(_ septets: [UInt8], fill: Int = 0) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (fill + septets.count * 7 + 7) / 8)
    for (index, septet) in septets.enumerated() {
      for bit in 0..<7 where septet >> UInt8(bit) & 1 == 1 {
        let place = fill + index * 7 + bit
        bytes[place / 8] |= 1 << UInt8(place % 8)
      }
    }
    return bytes
  }

  private mutating func relayAddress() -> [UInt8] {
    let packed = semiOctets(digits(1 + number(18)))
    return [UInt8(packed.count + 1), 0x91] + packed
  }

  private mutating func transferAddress() -> [UInt8] {
    if number(4) == 0 {
      let name = (0..<1 + number(11)).map { _ in UInt8(0x41 + number(26)) }
      let packed = Self.packed(name)
      return [UInt8((name.count * 7 + 3) / 4), 0xd0] + packed
    }
    let dialled = digits(1 + number(18))
    let type: UInt8 = number(2) == 0 ? 0x81 : 0x91
    return [UInt8(dialled.count), type] + semiOctets(dialled)
  }

  private mutating func time() -> [UInt8] {
    let parts: [Int] = [number(100), 1 + number(12), 1 + number(28), number(24), number(60), number(60), number(56)]
    var bytes = parts.map { UInt8($0 % 10) << 4 | UInt8($0 / 10) }
    if number(2) == 0 { bytes[6] |= 0x08 }
    return bytes
  }

  /// TP-DCS, TP-UDL and TP-UD; whether there is a header.
  private mutating func content() -> (coding: UInt8, bytes: [UInt8], hasHeader: Bool) {
    let coding: UInt8 = [0x00, 0x04, 0x08, 0x11, 0xf5, 0xe0, 0xc8, 0xf1][number(8)]
    let hasHeader = number(2) == 0
    let headers: [[UInt8]] = [
      [5, 0, 3, byte(), 3, 2], [6, 8, 4, byte(), byte(), 4, 1], [6, 5, 4, 0x0b, 0x84, 0x23, 0xf0],
    ]
    let header = hasHeader ? headers[number(3)] : []
    switch coding {
    case 0x04, 0xf5:
      let text: [UInt8] = (0..<number(100)).map { _ in byte() }
      let length = UInt8(header.count + text.count)
      return (coding, [length] + header + text, hasHeader)
    case 0x08, 0xe0:
      var text: [UInt8] = []
      for _ in 0..<number(50) {
        let letter: [UInt8] = [0x00, UInt8(0x41 + number(26))]
        text += letter
      }
      let length = UInt8(header.count + text.count)
      return (coding, [length] + header + text, hasHeader)
    default:
      // No escape: how the extension table is shown is tested by itself.
      let text: [UInt8] = (0..<number(120)).map { _ in
        let isLetter = number(2) == 0
        return UInt8(isLetter ? 0x61 + number(26) : 0x20 + number(59))
      }
      let fill = (7 - header.count * 8 % 7) % 7
      let septets = (header.count * 8 + 6) / 7 + text.count
      let packed = Self.packed(text, fill: fill)
      return (coding, [UInt8(septets)] + header + packed, hasHeader)
    }
  }

  /// One message.
  mutating func next() -> [UInt8] {
    let reference = byte()
    let content = content()
    let header: UInt8 = content.hasHeader ? 0x40 : 0
    switch number(9) {
    case 0, 1:
      let format = [0, 2, 3][number(3)]
      let validity: [UInt8] = format == 0 ? [] : format == 2 ? [byte()] : time()
      let first = 0x01 | header | UInt8(format) << 3 | UInt8(number(2)) << 5
      var unit: [UInt8] = [first, byte()] + transferAddress()
      unit += [byte() & 0x1f, content.coding] + validity + content.bytes
      return [0x00, reference, 0x00] + relayAddress() + [UInt8(unit.count)] + unit
    case 2, 3:
      var unit: [UInt8] = [header | UInt8(number(2)) << 2] + transferAddress()
      unit += [0, content.coding] + time() + content.bytes
      return [0x01, reference] + relayAddress() + [0x00, UInt8(unit.count)] + unit
    case 4:
      let status: UInt8 = [0x00, 0x01, 0x20, 0x22, 0x46, 0x49, 0x63][number(7)]
      var unit: [UInt8] = [0x06, byte()] + transferAddress()
      unit += time() + time() + [status]
      return [0x01, reference] + relayAddress() + [0x00, UInt8(unit.count)] + unit
    case 5: return [UInt8(2 + number(2)), reference]
    case 6:
      let unit: [UInt8] = [0x01, 0x00] + time()
      return [0x03, reference, 0x41, UInt8(unit.count)] + unit
    case 7:
      let cause: UInt8 = [1, 8, 21, 22, 27, 30, 38, 41, 42, 50, 69, 81, 95, 111, 127][number(15)]
      let failure: UInt8 = [0x80, 0x90, 0xb0, 0xc0, 0xd0, 0xd3, 0xff][number(7)]
      let unit: [UInt8] = [0x01, failure, 0x00] + time()
      return [0x05, reference, 0x01, cause, 0x41, UInt8(unit.count)] + unit
    default: return [0x06, reference]
    }
  }
}
