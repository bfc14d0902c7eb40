/// Base64 (RFC 4648 section 4): how bytes travel in JSON and pages, and how AKA writes its challenge (RFC 3310 section 3.2).
public enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// 255 for what is no letter.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
    return values
  }()

  /// Appends the text of `bytes`, padded.
  public static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
    text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
    var place = 0
    while place < bytes.count {
      let count = min(3, bytes.count - place)
      var group: UInt32 = 0
      for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[place + offset]) : 0) }
      for digit in 0..<4 {
        text.append(digit <= count ? letters[Int(group >> UInt32(18 - 6 * digit) & 63)] : padding)
      }
      place += 3
    }
  }

  /// The bytes of a text; nil where it is not exactly what `append` writes.
  public static func bytes(of text: [UInt8]) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let digits = text.last == padding ? text.dropLast(text.dropLast().last == padding ? 2 : 1) : text[...]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var group: UInt32 = 0
    var bits = 0
    for letter in digits {
      let value = values[Int(letter)]
      guard value < 64 else { return nil }
      group = (group << 6 | UInt32(value)) & 0xffff
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
      }
    }
    // What is left over of the last digit is zero, or the text would not come back.
    return group & ((1 << UInt32(bits)) &- 1) == 0 ? bytes : nil
  }
}
