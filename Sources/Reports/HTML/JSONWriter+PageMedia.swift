import CaptureFacts
import MediaStreams
import SubscriberTimelines

extension JSONWriter {
  /// `s`: the media of a call, each as `[µs from the start of the call to the first packet, the same to the last, from,
  /// to, label, figures, tone, first frame, last frame, series]`. An end is the number of a node, or the address of what
  /// sends no messages. The series is `[ms of an interval, [lost of a thousand], [µs of jitter or null]]`, left out where
  /// there is one interval only.
  mutating func member(
    media call: Call, _ nodeNumbers: [String: Int], nodes: NodeDirectory, _ frames: FrameText
  ) {
    guard call.media.contains(where: { $0.observed != nil }) else { return }
    let ends = MediaEnds(call.events, nodes: nodes)
    let seen = call.media.compactMap { stream in stream.observed.map { (stream, $0) } }
    member("s", each: seen) { json, seen in
      let (stream, observed) = seen
      let (from, to) = ends.ends(of: stream, observed)
      json.beginArray()
      json.value(observed.start.nanoseconds(since: call.start) / 1000)
      json.value(observed.end.nanoseconds(since: call.start) / 1000)
      for end in [from, to] {
        if let number = nodeNumbers[end] { json.value(number) } else { json.value(end) }
      }
      json.value(MediaBar.label(of: stream, observed))
      json.value(MediaBar.figures(of: observed))
      json.value(MediaBar.tone(of: observed).name)
      json.value(frames.text(observed.firstFrame))
      json.value(frames.text(observed.lastFrame))
      json.element(of: observed.series)
      json.endArray()
    }
  }

  private mutating func element(of series: MediaSeries) {
    guard series.intervals.count > 1 else { return }
    beginArray()
    value(series.length / 1_000_000)
    beginArray()
    for interval in series.intervals {
      let due = UInt64(interval.received) + UInt64(interval.lost)
      value(due == 0 ? 0 : (UInt64(interval.lost) * 1000 + due / 2) / due)
    }
    endArray()
    beginArray()
    for interval in series.intervals {
      if let jitter = interval.jitter { value(jitter) } else { raw("null") }
    }
    endArray()
    endArray()
  }
}
