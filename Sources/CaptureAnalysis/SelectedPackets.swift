import ByteReading
import CaptureFacts
import CaptureInput
import PacketLayers
import Reports

/// Writes the packets that belong to the records of a report to a capture of their own, in another pass over the input.
public struct SelectedPackets {
  /// How long before and after the packets of media those of RTCP are looked for: reports come each five seconds
  /// (RFC 3550 section 6.2).
  static let controlMargin: Int64 = 5_000_000_000

  /// How many frames were written.
  public private(set) var frameCount: UInt64 = 0

  private let selection: PacketSelection
  /// What takes the place of encrypted packets; nil where packets stay as captured.
  private let opened: OpenedPackets?
  /// The numbers in the file of interfaces, and of those that stand for what was opened on them.
  private var interfaces: [UInt64: UInt32] = [:]
  /// When media went from one end to another.
  private var media: [Flow: [ClosedRange<Timestamp>]] = [:]

  /// Prepares the packets of a selection; what `opened` holds is written in place of what it was in.
  public init(_ selection: PacketSelection, opened: OpenedPackets? = nil) {
    self.selection = selection
    self.opened = opened
    for stream in selection.media {
      let begin = stream.start.advanced(byNanoseconds: -SelectedPackets.controlMargin)
      let end = stream.end.advanced(byNanoseconds: SelectedPackets.controlMargin)
      // Clocks step back, and times at the ends of their range wrap.
      let span = min(begin, end)...max(begin, end)
      for flow in SelectedPackets.flows(of: stream) { media[flow, default: []].append(span) }
    }
  }

  /// Writes the capture to `path`, where it appears when it is complete. Of `options` it reads the inputs, the capture
  /// filter and how many frames are read.
  ///
  /// Throws `CaptureInputFailure` and `CaptureWriteFailure`.
  public mutating func write(of options: AnalysisOptions, to path: String, progress: (AnalysisProgress) -> Void) throws
  {
    var source = try MergedCapture(options.inputs, filter: options.captureFilter)
    var writer = try CaptureWriter(whole: path)
    let decoder = PacketDecoder()
    var packet = DecodedPacket()
    var anomalies = AnomalyLedger()
    let lastCount: UInt64 = options.stop.frames ?? UInt64.max
    var count: UInt64 = 0
    while count < lastCount, source.advance() {
      count &+= 1
      let number = source.frame.reference.number
      var isSelected = selection.frames.contains(number)
      if !isSelected, !media.isEmpty,
        decoder.decode(
          source.frame.bytes, linkType: source.frame.linkType, frame: source.frame.reference, anomalies: &anomalies,
          into: &packet)
      {
        isSelected = isMedia(packet, at: source.frame.time)
      }
      if isSelected {
        var comments = source.hasFrameOptions ? source.frameComments : []
        if let cited = selection.comments[number] {
          // Findings name frames as they are numbered where they come from.
          let reference = source.frame.reference
          let name = source.summaries[Int(reference.file)].name
          comments += cited + ["frame \(reference.numberInFile) of \(name)"]
        }
        let interface = source.interfaces[Int(source.frame.interface)]
        if let packet = opened?.packet(in: source.frame.reference) {
          try write(Array(packet), in: source.frame, of: interface, comments, to: &writer)
        } else {
          let number = fileNumber(of: source.frame.interface, isOpened: false)
          let frame = CapturedFrame(
            reference: source.frame.reference, time: source.frame.time, interface: number,
            linkType: source.frame.linkType, originalLength: source.frame.originalLength, bytes: source.frame.bytes)
          try writer.write(frame, interface: interface, comments: comments)
        }
        frameCount &+= 1
      }
      if count & 0x3fff == 0 { progress(AnalysisProgress(frames: count, dropped: 0, part: source.readPart)) }
    }
    try writer.complete()
  }

  /// Writes what was opened in a frame: a packet of IP without a link (LINKTYPE_RAW), on an interface of its own.
  private mutating func write(
    _ packet: [UInt8], in frame: borrowing CapturedFrame, of interface: CaptureInterface, _ comments: [String],
    to writer: inout CaptureWriter
  ) throws(CaptureWriteFailure) {
    let opened = CapturedFrame(
      reference: frame.reference, time: frame.time, interface: fileNumber(of: frame.interface, isOpened: true),
      linkType: SelectedPackets.raw, originalLength: UInt32(clamping: packet.count), bytes: packet.rawSpan)
    let description = interface.name.isEmpty ? "" : " on " + interface.name
    try writer.write(
      opened,
      interface: CaptureInterface(
        name: interface.name, description: "opened ESP" + description, linkType: SelectedPackets.raw),
      comments: comments)
  }

  private static let raw = LinkType(rawValue: 101)

  private mutating func fileNumber(of interface: UInt32, isOpened: Bool) -> UInt32 {
    let key = UInt64(interface) << 1 | (isOpened ? 1 : 0)
    if let number = interfaces[key] { return number }
    let number = UInt32(interfaces.count)
    interfaces[key] = number
    return number
  }

  private func isMedia(_ packet: DecodedPacket, at time: Timestamp) -> Bool {
    guard case .datagram = packet.content else { return false }
    let flow = Flow(source: packet.source, destination: packet.destination, transport: .udp)
    return media[flow]?.contains { $0.contains(time) } ?? false
  }

  /// The ways of a stream and of its RTCP, which goes both ways, at the next port (RFC 3550 section 11) or at the same
  /// one (RFC 5761).
  private static func flows(of stream: PacketSelection.Media) -> [Flow] {
    let data = Flow(source: stream.source, destination: stream.destination, transport: .udp)
    let control = Flow(source: next(stream.source), destination: next(stream.destination), transport: .udp)
    return [data, data.reversed, control, control.reversed]
  }

  private static func next(_ end: Endpoint) -> Endpoint {
    Endpoint(address: end.address, port: end.port &+ 1)
  }
}
