/// What was read: the `capture` of a report.
public struct CaptureSummary: Sendable {
  /// One input.
  public struct File: Sendable {
    /// The input as the user named it.
    public var name: String
    /// `pcap`, `pcapng`, ..., with the compression around it; `live` for an interface.
    public var format: String
    /// Frames read from it.
    public var frameCount: UInt64
    /// The sum of the original lengths of its frames.
    public var bytes: UInt64
    /// The time of its first frame; nil where it has none.
    public var firstTime: Timestamp?
    /// The latest time of a frame; nil where it has none.
    public var lastTime: Timestamp?
    /// How many of its frames have a comment.
    public var commentedFrames: UInt64 = 0
    /// How many addresses it names.
    public var names = 0
    /// How many blocks of secrets it holds that open what is encrypted.
    public var decryptionSecrets = 0

    /// Describes an input.
    public init(
      name: String, format: String, frameCount: UInt64 = 0, bytes: UInt64 = 0, firstTime: Timestamp? = nil,
      lastTime: Timestamp? = nil
    ) {
      self.name = name
      self.format = format
      self.frameCount = frameCount
      self.bytes = bytes
      self.firstTime = firstTime
      self.lastTime = lastTime
    }
  }

  /// The inputs in the order of the command line.
  public var files: [File]

  /// A station that captured: an interface, and the inputs in which it is described; none for a live one.
  public struct Station: Sendable {
    /// The name of the interface; empty where the capture does not say.
    public var interface: String
    /// The inputs, as indices of `files`.
    public var files: [Int]

    /// Describes a station.
    public init(interface: String, files: [Int]) {
      self.interface = interface
      self.files = files
    }
  }

  /// The stations; `CapturePoint.station` is an index here.
  public var stations: [Station]

  /// The points at which messages were seen.
  public var points: CapturePointDirectory

  /// What people wrote about frames.
  public var comments: FrameComments

  /// Describes what was read.
  public init(
    files: [File], stations: [Station] = [], points: CapturePointDirectory = CapturePointDirectory(),
    comments: FrameComments = FrameComments()
  ) {
    self.files = files
    self.stations = stations
    self.points = points
    self.comments = comments
  }

  /// Frames of all inputs.
  public var frameCount: UInt64 { files.reduce(0) { $0 + $1.frameCount } }

  /// The sum of the original lengths of all frames.
  public var bytes: UInt64 { files.reduce(0) { $0 + $1.bytes } }

  /// The earliest time; nil where there is no frame.
  public var firstTime: Timestamp? { files.compactMap(\.firstTime).min() }

  /// The latest time; nil where there is no frame.
  public var lastTime: Timestamp? { files.compactMap(\.lastTime).max() }
}
