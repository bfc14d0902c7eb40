import CaptureFacts

/// Data that was passed on before and was seen once more: at another tap, or sent again.
public struct RepeatedData: Sendable {
  /// Which stream.
  public var stream: StreamIdentifier

  /// What carries the stream.
  public var transport: TransportProtocol

  /// The TCP sequence number of its first byte, or its TSN.
  public var start: UInt32

  /// How many bytes of TCP, or chunks of SCTP.
  public var count: UInt32

  /// The frame that shows it.
  public var frame: FrameReference

  /// When.
  public var time: Timestamp

  /// Where.
  public var point: CapturePointHandle

  /// Whether the byte or chunk of this number is among the data.
  public func holds(_ number: UInt32) -> Bool {
    let offset = number.serialDistance(from: start)
    return offset >= 0 && offset < Int(count)
  }

  /// Whether any of `length` bytes or chunks from this number on is among the data.
  public func overlaps(_ number: UInt32, count length: Int) -> Bool {
    let offset = number.serialDistance(from: start)
    return offset < Int(count) && -offset < length
  }
}
