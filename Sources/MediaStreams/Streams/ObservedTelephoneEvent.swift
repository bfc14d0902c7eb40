/// One event of RFC 4733: what somebody pressed. The digit is content, like the text of a message.
public struct ObservedTelephoneEvent: Hashable, Sendable {
  /// The event: 0 to 9, 10 for `*`, 11 for `#`, 12 to 15 for A to D (RFC 4733 table 3); others are tones.
  public var event: UInt8
  /// The longest duration that a packet of it told, in nanoseconds.
  public var duration: Int64

  /// Describes an event.
  public init(event: UInt8, duration: Int64) {
    self.event = event
    self.duration = duration
  }

  /// The key; nil for an event that is none.
  public var digit: Character? {
    let keys: [Character] = Array("0123456789*#ABCD")
    return Int(event) < keys.count ? keys[Int(event)] : nil
  }
}
