import CaptureFacts
import SubscriberTimelines

/// The time in which nothing is due: no timer of reassembly, no look for what is over, no tick of the timelines. Packets
/// in it move time on and set nothing off by that.
struct QuietTime {
  private var start = Timestamp(nanoseconds: .max)
  private var end = Timestamp(nanoseconds: .min)

  /// No time at all.
  init() {}

  /// The tick of the timelines that `time` lies in, as far as it is before all that is due.
  @inline(__always)
  init(tickOf time: Timestamp, before due: Timestamp) {
    let tick = SubscriberTimelines.times(inTickOf: time)
    start = tick.start
    end = min(tick.end, due)
  }

  @inline(__always)
  func contains(_ time: Timestamp) -> Bool { time < end && time >= start }
}
