import ByteReading

/// A request method (RFC 3261 section 7.1 and the IANA registry of methods).
public struct SIPMethod: RawRepresentable, Hashable, Sendable {
  /// The number of the method in this list; 0 is unknown.
  public var rawValue: UInt8

  /// The method with this number; numbers beyond the list behave as `unknown`.
  @inlinable
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// A method that is not registered; its text is in the message.
  public static let unknown = SIPMethod(rawValue: 0)
  /// RFC 3261 section 13.
  public static let invite = SIPMethod(rawValue: 1)
  /// RFC 3261 section 13.2.2.4.
  public static let ack = SIPMethod(rawValue: 2)
  /// RFC 3261 section 15.
  public static let bye = SIPMethod(rawValue: 3)
  /// RFC 3261 section 9.
  public static let cancel = SIPMethod(rawValue: 4)
  /// RFC 3261 section 10.
  public static let register = SIPMethod(rawValue: 5)
  /// RFC 3261 section 11.
  public static let options = SIPMethod(rawValue: 6)
  /// RFC 3262.
  public static let prack = SIPMethod(rawValue: 7)
  /// RFC 6665.
  public static let subscribe = SIPMethod(rawValue: 8)
  /// RFC 6665.
  public static let notify = SIPMethod(rawValue: 9)
  /// RFC 3903.
  public static let publish = SIPMethod(rawValue: 10)
  /// RFC 6086.
  public static let info = SIPMethod(rawValue: 11)
  /// RFC 3515.
  public static let refer = SIPMethod(rawValue: 12)
  /// RFC 3428.
  public static let message = SIPMethod(rawValue: 13)
  /// RFC 3311.
  public static let update = SIPMethod(rawValue: 14)

  /// By raw value; the first is that of `unknown`.
  static let names: [StaticString] = [
    "UNKNOWN", "INVITE", "ACK", "BYE", "CANCEL", "REGISTER", "OPTIONS", "PRACK", "SUBSCRIBE", "NOTIFY", "PUBLISH",
    "INFO",
    "REFER", "MESSAGE", "UPDATE",
  ]

  /// The method as written on the wire; `UNKNOWN` for one that is not registered.
  public var name: String {
    Int(rawValue) < SIPMethod.texts.count ? SIPMethod.texts[Int(rawValue)] : "UNKNOWN"
  }

  private static let texts = names.map { "\($0)" }

  /// The method that the bytes of `range` spell; methods are case-sensitive (RFC 3261 section 7.1).
  init(_ bytes: RawSpan, in range: Range<Int>) {
    let candidate: SIPMethod
    switch (range.count, range.isEmpty ? 0 : bytes.byte(at: range.lowerBound)) {
    case (6, UInt8(ascii: "I")): candidate = .invite
    case (3, UInt8(ascii: "A")): candidate = .ack
    case (3, UInt8(ascii: "B")): candidate = .bye
    case (6, UInt8(ascii: "C")): candidate = .cancel
    case (8, UInt8(ascii: "R")): candidate = .register
    case (7, UInt8(ascii: "O")): candidate = .options
    case (5, UInt8(ascii: "P")): candidate = .prack
    case (9, UInt8(ascii: "S")): candidate = .subscribe
    case (6, UInt8(ascii: "N")): candidate = .notify
    case (7, UInt8(ascii: "P")): candidate = .publish
    case (4, UInt8(ascii: "I")): candidate = .info
    case (5, UInt8(ascii: "R")): candidate = .refer
    case (7, UInt8(ascii: "M")): candidate = .message
    case (6, UInt8(ascii: "U")): candidate = .update
    default: candidate = .unknown
    }
    let spelled =
      candidate != .unknown && bytes.hasBytes(SIPMethod.names[Int(candidate.rawValue)], at: range.lowerBound)
    self = spelled ? candidate : .unknown
  }
}
