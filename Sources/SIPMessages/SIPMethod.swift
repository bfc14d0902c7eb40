/// A SIP method of the IANA registry; those that are not registered are `unknown`, and their text is kept by the message.
public struct SIPMethod: RawRepresentable, Hashable, Sendable {
  /// The place in the table of names, from 0 for `unknown`.
  public var rawValue: UInt8

  /// Names the method at this place.
  @inlinable
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// A method that is not registered.
  public static let unknown = SIPMethod(rawValue: 0)
  /// RFC 3261.
  public static let invite = SIPMethod(rawValue: 1)
  /// RFC 3261.
  public static let ack = SIPMethod(rawValue: 2)
  /// RFC 3261.
  public static let bye = SIPMethod(rawValue: 3)
  /// RFC 3261.
  public static let cancel = SIPMethod(rawValue: 4)
  /// RFC 3261.
  public static let register = SIPMethod(rawValue: 5)
  /// RFC 3261.
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

  private static let names = [
    "UNKNOWN", "INVITE", "ACK", "BYE", "CANCEL", "REGISTER", "OPTIONS", "PRACK", "SUBSCRIBE", "NOTIFY", "PUBLISH",
    "INFO", "REFER", "MESSAGE", "UPDATE",
  ]

  /// The name as on the wire; `UNKNOWN` for one that is not registered.
  public var name: String {
    Int(rawValue) < SIPMethod.names.count ? SIPMethod.names[Int(rawValue)] : SIPMethod.names[0]
  }
}
