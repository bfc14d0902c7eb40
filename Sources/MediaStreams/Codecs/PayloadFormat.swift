/// What one payload type means at the end that announced it.
public struct PayloadFormat: Hashable, Sendable {
  /// The payload type.
  public var payloadType: UInt8
  /// The codec.
  public var codec: MediaCodec
  /// The clock rate in hertz; 0 where it is not known.
  public var clockRate: UInt32
  /// Whether frames of AMR begin at octets (RFC 4867 section 4.4), or EVS has headers only (TS 26.445 annex A.3).
  public var isAligned: Bool
  /// Whether a session description gave it its meaning.
  public var isAnnounced: Bool

  /// Describes a payload type.
  public init(
    payloadType: UInt8, codec: MediaCodec, clockRate: UInt32, isAligned: Bool = false, isAnnounced: Bool = true
  ) {
    self.payloadType = payloadType
    self.codec = codec
    self.clockRate = clockRate
    self.isAligned = isAligned
    self.isAnnounced = isAnnounced
  }

  /// The meaning of a payload type that nobody announced.
  init(unannounced payloadType: UInt8) {
    let assigned = MediaCodec.assigned(to: payloadType)
    self.init(
      payloadType: payloadType, codec: assigned?.codec ?? .other, clockRate: assigned?.clockRate ?? 0,
      isAnnounced: false)
  }
}
