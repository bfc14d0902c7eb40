import ByteReading
import CaptureFacts
import CaptureInput
import PacketLayers
import Reports

/// Writes the packets that belong to the records of a report to a capture of their own, in another pass over the input.
public struct SelectedPackets {
  /// How many frames were written.
  public private(set) var frameCount: UInt64 = 0

  private let selection: PacketSelection
  /// What takes the place of encrypted packets; nil where packets stay as captured.
  private let opened: OpenedPackets?
  /// Zeroes secrets; nil where packets stay as captured.
  private var redaction: PacketRedaction?
  /// The numbers in the file of interfaces, and of those that stand for what was opened on them.
  private var interfaces: [UInt64: UInt32] = [:]
  private let media: MediaSpans

  /// Prepares the packets of a selection; what `opened` holds is written in place of what it was in, without the secrets
  /// that `secrets` knows of.
  public init(_ selection: PacketSelection, opened: OpenedPackets? = nil, secrets: SecretPlaces? = nil) {
    self.selection = selection
    self.opened = opened
    redaction = secrets.map(PacketRedaction.init)
    media = MediaSpans(selection.media)
  }

  /// Writes the capture to `path`, where it appears when it is complete. Of `options` it reads the inputs, the capture
  /// filter and how many frames are read.
  ///
  /// Throws `CaptureInputFailure` and `CaptureWriteFailure`.
  public mutating func write(of options: AnalysisOptions, to path: String, progress: (AnalysisProgress) -> Void) throws
  {
    var source = try MergedCapture(options.inputs, filter: options.captureFilter)
    let names = source.summaries.map(\.name)
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
        isSelected = media.hold(packet, at: source.frame.time)
      }
      if isSelected {
        var comments = source.hasFrameOptions ? source.frameComments : []
        if let cited = selection.comments[number] {
          // Findings name frames as they are numbered where they come from.
          let reference = source.frame.reference
          let name = names[Int(reference.file)]
          comments += cited + ["frame \(reference.numberInFile) of \(name)"]
        }
        let interface = source.interfaces[Int(source.frame.interface)]
        if opened?.packet(in: source.frame.reference) != nil || redaction != nil {
          try writeChanged(source.frame, of: interface, comments, to: &writer)
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

  /// Writes what was opened in a frame, or the frame, without secrets where that was asked for. What was opened is a packet
  /// of IP without a link (LINKTYPE_RAW), on an interface of its own.
  private mutating func writeChanged(
    _ frame: borrowing CapturedFrame, of interface: CaptureInterface, _ comments: [String],
    to writer: inout CaptureWriter
  ) throws(CaptureWriteFailure) {
    var interface = interface
    var linkType = frame.linkType
    var length = frame.originalLength
    let inside = opened?.packet(in: frame.reference).map { Array($0) }
    if let inside {
      linkType = SelectedPackets.raw
      length = UInt32(clamping: inside.count)
      interface = CaptureInterface(
        name: interface.name, description: "opened ESP" + (interface.name.isEmpty ? "" : " on " + interface.name),
        linkType: linkType)
    }
    var bytes = unsafe inside ?? frame.bytes.withUnsafeBytes { unsafe Array($0) }
    let time = frame.time
    redaction?.redact(&bytes, linkType: linkType, frame: frame.reference, time: time, besides: media)
    let changed = CapturedFrame(
      reference: frame.reference, time: time, interface: fileNumber(of: frame.interface, isOpened: inside != nil),
      linkType: linkType, originalLength: length, bytes: bytes.rawSpan)
    try writer.write(changed, interface: interface, comments: comments)
  }

  private static let raw = LinkType(rawValue: 101)

  private mutating func fileNumber(of interface: UInt32, isOpened: Bool) -> UInt32 {
    let key = UInt64(interface) << 1 | (isOpened ? 1 : 0)
    if let number = interfaces[key] { return number }
    let number = UInt32(interfaces.count)
    interfaces[key] = number
    return number
  }
}
