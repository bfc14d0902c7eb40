import ByteReading

/// The telephone events of a stream (RFC 4733). A digit is sent in several packets with one timestamp and a growing
/// duration.
struct TelephoneEvents {
  /// The most events whose digits are kept: card numbers are shorter.
  static let kept = 64

  /// The events in order.
  private(set) var events: [ObservedTelephoneEvent] = []
  /// How many there were.
  private(set) var count: UInt32 = 0
  private var timestamp: UInt32 = 0

  /// Takes a packet whose payload is an event (RFC 4733 section 2.3).
  mutating func take(_ bytes: RawSpan, _ payload: Range<Int>, timestamp: UInt32, clockRate: UInt32) {
    guard payload.count >= 4 else { return }
    let word = bytes.bigEndianUInt32(at: payload.lowerBound)
    let ticks = Int64(word & 0xffff)
    let duration = ticks * 1_000_000_000 / Int64(clockRate == 0 ? 8000 : clockRate)
    let event = UInt8(truncatingIfNeeded: word >> 24)
    if count == 0 || timestamp != self.timestamp {
      self.timestamp = timestamp
      count &+= 1
      if events.count < TelephoneEvents.kept { events.append(ObservedTelephoneEvent(event: event, duration: duration)) }
    } else if Int(count) == events.count {
      events[events.count - 1].duration = max(events[events.count - 1].duration, duration)
    }
  }
}
