/// The digits of unsigned numbers in ASCII, two at a time: a division for each pair of them.
enum DecimalDigits {
  /// `00` to `99`.
  private static let pairs: StaticString = """
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
    """

  /// How many digits a number has, from 1 to 20.
  @inline(__always)
  static func count(of number: UInt64) -> Int {
    var count = 1
    var rest = number
    while rest >= 10_000 {
      rest /= 10_000
      count &+= 4
    }
    return count &+ (rest >= 1_000 ? 3 : rest >= 100 ? 2 : rest >= 10 ? 1 : 0)
  }

  /// Writes the last `count` digits of a number, with leading zeros, to `bytes` from `start` on; there must be room.
  @inline(__always)
  static func write(_ number: UInt64, to bytes: UnsafeMutableBufferPointer<UInt8>, at start: Int, count: Int) {
    precondition(start >= 0 && start &+ count <= bytes.count)
    let pairs = unsafe pairs.utf8Start
    var rest = number
    var end = start &+ count
    while end &- start >= 2 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      let place = Int(truncatingIfNeeded: pair &* 2)
      unsafe bytes[end &- 2] = pairs[place]
      unsafe bytes[end &- 1] = pairs[place &+ 1]
      rest = quotient
      end &-= 2
    }
    if end > start { unsafe bytes[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10) }
  }
}
