import ByteReading
import CaptureFacts
import DiameterMessages
import MediaStreams
import SIPMessages

/// Writes what crosses from dissection to correlation, a line each, in the order in which it crosses: what a reader hands
/// on in the same order gives the same records. Secrets are masked.
public final class CorrelationStreamWriter {
  private let mask: SecretMask
  private let output: ([UInt8]) -> Void
  private let tick: (Timestamp) -> Int64
  private var line = StreamLine()
  private var ordinal: UInt32 = 0
  /// The frame that is being read.
  private var reading: UInt64 = 0
  /// The time that a reader knows after the lines so far; nil before the first.
  private var written: Timestamp?
  /// The time that was reached.
  private var now: Timestamp?

  /// Hands lines to `output`. `tick` tells which moments are one to correlation as long as nothing happens between them.
  public init(mask: SecretMask, tick: @escaping (Timestamp) -> Int64, output: @escaping ([UInt8]) -> Void) {
    self.mask = mask
    self.tick = tick
    self.output = output
  }

  // MARK: - The course of reading

  /// Begins the stream of these inputs.
  public func begin(inputs: [String]) {
    line.beginObject()
    line.member("schema_version", CorrelationStreamVersion.current)
    line.member("type", "header")
    line.member("files", each: inputs) { $0.value($1) }
    end()
  }

  /// The next frame is read.
  public func begin(frame: FrameReference) {
    reading = frame.number
  }

  /// Packet time goes on. A line is written only where that alone may complete something.
  public func advance(to time: Timestamp) {
    guard now.map({ time > $0 }) ?? true else { return }
    now = time
    if written.map({ tick(time) > tick($0) }) ?? true { writeClock(time) }
  }

  /// All frames were read.
  public func endFrames() {
    begin("end", after: nil)
    line.member("reading", reading)
    end()
  }

  /// Brings a reader to the time that was reached, where the line that follows does not do so by its own `time`.
  private func bringUp(to time: Timestamp?) {
    defer {
      if let time {
        written = max(written ?? time, time)
        now = max(now ?? time, time)
      }
    }
    guard let now, let written, now > written, now > time ?? written else { return }
    writeClock(now)
  }

  private func writeClock(_ time: Timestamp) {
    line.begin("clock")
    line.member("time", time)
    line.member("reading", reading)
    end()
    written = time
  }

  // MARK: - Messages

  /// Writes a SIP message and returns its ordinal, under which more may be told of it.
  public func write(_ observed: Observed<SIPMessage>) -> UInt32 {
    begin("sip", after: observed.time)
    place(observed)
    line.message(mask.masked(observed.message))
    end()
    return ordinal
  }

  /// Writes a Diameter message and returns its ordinal.
  public func write(_ observed: Observed<DiameterMessage>) -> UInt32 {
    begin("diameter", after: observed.time)
    place(observed)
    line.octets(mask.masked(observed.message))
    end()
    return ordinal
  }

  private func place<Message>(_ observed: Observed<Message>) {
    ordinal &+= 1
    line.member("ordinal", ordinal)
    line.member("time", observed.time)
    frame(observed.frame)
    if !observed.otherFrames.isEmpty { line.member("other_frames", each: observed.otherFrames) { $0.value($1) } }
    line.member(observed.flow)
    line.member("layers", each: observed.path.layers) { $0.value($1.name) }
    line.member("point", observed.point.rawValue)
    if observed.transmissionMark != 0 { line.member("mark", observed.transmissionMark) }
    if let identifier = observed.correlationIdentifier { line.member("correlation", identifier) }
  }

  /// Writes that frames show a message once more.
  public func writeRepetition(
    of ordinal: UInt32, frames: [FrameReference], time: Timestamp, point: CapturePointHandle?
  ) {
    begin("repetition", after: nil)
    line.member("of", ordinal)
    line.member("time", time)
    line.member("frames", each: frames) { $0.value($1) }
    if let point { line.member("point", point.rawValue) }
    line.member("reading", reading)
    end()
  }

  // MARK: - What stands beside messages

  /// Writes what the transport showed.
  public func write(_ event: TransportEvent) {
    begin("transport", after: event.time)
    line.member(event.kind)
    line.member("time", event.time)
    frame(event.frame)
    line.member(event.flow)
    end()
  }

  /// Writes the record of an association.
  public func write(_ health: SCTPAssociationHealth) {
    begin("association", after: nil)
    line.members(of: health)
    line.member("reading", reading)
    end()
  }

  /// Writes a stream of media.
  public func write(_ stream: ObservedMediaStream) {
    begin("media", after: nil)
    line.members(of: stream)
    line.member("reading", reading)
    end()
  }

  /// Writes the next point.
  public func write(_ point: CapturePoint) {
    line.begin("point")
    line.member("station", point.station)
    line.member("layers", each: point.layers.layers) { $0.value($1.name) }
    if point.vlans != 0 { line.member("vlans", point.vlans) }
    if point.isTunnelled {
      let ends = point.tunnelEnds
      line.member("tunnel_ends", each: [ends.0, ends.1]) { $0.value($1.description) }
    }
    line.member("reading", reading)
    end()
  }

  /// Writes what people wrote about a frame.
  public func write(comments: [String], of frame: FrameReference) {
    line.begin("comment")
    self.frame(frame)
    line.member("texts", each: comments) { $0.value($1) }
    end()
  }

  /// Writes a name that the capture gives to an address.
  public func write(name: String, of address: IPAddress) {
    line.begin("name")
    line.member("address", address.description)
    line.member("name", name)
    line.member("reading", reading)
    end()
  }

  /// Writes the last line.
  public func finish(_ trailer: CorrelationTrailer) {
    begin("trailer", after: nil)
    line.member("capture", object: { $0.capture(of: trailer) })
    line.member("coverage", object: { $0.members(of: trailer.coverage) })
    line.member("reading", reading)
    end()
  }

  // MARK: - Lines

  private func begin(_ type: StaticString, after time: Timestamp?) {
    bringUp(to: time)
    line.begin(type)
  }

  /// The frame, and that which is being read where it is another.
  private func frame(_ frame: FrameReference) {
    line.member("frame", frame)
    if frame.number != reading { line.member("reading", reading) }
  }

  private func end() {
    line.end()
    output(line.bytes)
    line.bytes.removeAll(keepingCapacity: true)
  }
}
