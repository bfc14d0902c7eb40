import ByteReading

/// One format of a medium: for RTP a payload type with what `rtpmap` and `fmtp` say about it (RFC 8866 sections 6.6 and
/// 6.15).
public struct SDPFormat: Hashable, Sendable {
  /// The format as the `m=` line writes it: a payload type, `t38`, `*`, ...
  public var text: ByteRange
  /// The payload type; nil where the format is none.
  public var payloadType: UInt8?
  /// The name of the codec; empty where no rtpmap gives it.
  public var encoding = ByteRange()
  /// The clock rate in hertz; nil where no rtpmap gives it.
  public var clockRate: UInt32?
  /// The number of channels; nil where it is not given, which means one.
  public var channels: UInt8?
  /// The parameters of the codec.
  public var parameters = ByteRange()

  /// The name and clock rate of the codec: as mapped, else as RFC 3551 section 6 assigns the payload type; nil where
  /// neither tells.
  public func codec(in bytes: RawSpan) -> (name: String, clockRate: UInt32?)? {
    if !encoding.isEmpty { return (bytes.text(in: encoding.clamped(to: bytes.byteCount)), clockRate) }
    guard let payloadType, let entry = SDPFormat.assigned.first(where: { $0.0 == payloadType }) else { return nil }
    return ("\(entry.1)", entry.2)
  }

  /// The payload types that need no rtpmap (RFC 3551 tables 4 and 5).
  private static let assigned: [(UInt8, StaticString, UInt32)] = [
    (0, "PCMU", 8000), (3, "GSM", 8000), (4, "G723", 8000), (5, "DVI4", 8000), (6, "DVI4", 16000), (7, "LPC", 8000),
    (8, "PCMA", 8000), (9, "G722", 8000), (10, "L16", 44100), (11, "L16", 44100), (12, "QCELP", 8000),
    (13, "CN", 8000), (14, "MPA", 90000), (15, "G728", 8000), (16, "DVI4", 11025), (17, "DVI4", 22050),
    (18, "G729", 8000), (25, "CelB", 90000), (26, "JPEG", 90000), (28, "nv", 90000), (31, "H261", 90000),
    (32, "MPV", 90000), (33, "MP2T", 90000), (34, "H263", 90000),
  ]
}
