import ByteReading

/// Text of the GSM 7 bit default alphabet (TS 23.038 section 6.2.1).
enum SeptetText {
  /// `count` septets of `bytes` from `offset` on, `fill` bits passed over first; fewer where the bytes end.
  static func unpacked(_ bytes: RawSpan, from offset: Int, fill: Int, count: Int) -> [UInt8] {
    var septets: [UInt8] = []
    septets.reserveCapacity(min(count, 256))
    for index in 0..<max(0, count) {
      let bit = fill + index * 7
      let place = offset + bit / 8
      guard place < bytes.byteCount else { break }
      var value = UInt16(bytes.byte(at: place))
      if place + 1 < bytes.byteCount { value |= UInt16(bytes.byte(at: place + 1)) << 8 }
      // A septet that needs a byte behind the end is not there.
      if bit % 8 > 1, place + 1 >= bytes.byteCount { break }
      septets.append(UInt8(value >> UInt16(bit % 8) & 0x7f))
    }
    return septets
  }

  /// The characters of septets; the escape to the extension table is followed.
  static func text(_ septets: [UInt8]) -> String {
    var text = ""
    var isExtended = false
    for septet in septets {
      if isExtended {
        isExtended = false
        text.unicodeScalars.append(extensions[septet] ?? alphabet[Int(septet)])
      } else if septet == 0x1b {
        isExtended = true
      } else {
        text.unicodeScalars.append(alphabet[Int(septet)])
      }
    }
    return text
  }

  private static let alphabet = Array(
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{a0}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
      + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)

  private static let extensions: [UInt8: Unicode.Scalar] = [
    0x0a: "\u{0c}", 0x14: "^", 0x28: "{", 0x29: "}", 0x2f: "\\", 0x3c: "[", 0x3d: "~", 0x3e: "]", 0x40: "|",
    0x65: "€",
  ]
}
