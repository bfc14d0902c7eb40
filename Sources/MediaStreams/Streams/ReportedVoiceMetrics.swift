import ByteReading

/// The VoIP metrics report block (RFC 3611 section 4.7). 127 means that a rating is not available there.
public struct ReportedVoiceMetrics: Hashable, Sendable {
  /// The length of the block behind its header.
  static let length = 32

  /// Packets lost, in 256ths of those expected.
  public var lossRate: UInt8 = 0
  /// Packets that came too late or too early to be played, in 256ths.
  public var discardRate: UInt8 = 0
  /// Loss and discard in bursts, in 256ths.
  public var burstDensity: UInt8 = 0
  /// Loss and discard in gaps, in 256ths.
  public var gapDensity: UInt8 = 0
  /// The mean length of a burst in milliseconds.
  public var burstDuration: UInt16 = 0
  /// The mean length of a gap in milliseconds.
  public var gapDuration: UInt16 = 0
  /// The latest round trip in milliseconds.
  public var roundTripDelay: UInt16 = 0
  /// The delay of the reporting end system in milliseconds.
  public var endSystemDelay: UInt16 = 0
  /// The rating factor R; 127 for none.
  public var ratingFactor: UInt8 = 0
  /// MOS of listening in tenths; 127 for none.
  public var listeningQuality: UInt8 = 0
  /// MOS of conversation in tenths; 127 for none.
  public var conversationalQuality: UInt8 = 0
  /// The nominal delay of the jitter buffer in milliseconds.
  public var jitterBufferNominal: UInt16 = 0

  /// Nothing reported.
  public init() {}

  /// Reads the block whose content, from the source on, begins at `start`; the caller has checked its length.
  init(_ bytes: RawSpan, at start: Int) {
    lossRate = bytes.byte(at: start + 4)
    discardRate = bytes.byte(at: start + 5)
    burstDensity = bytes.byte(at: start + 6)
    gapDensity = bytes.byte(at: start + 7)
    burstDuration = bytes.bigEndianUInt16(at: start + 8)
    gapDuration = bytes.bigEndianUInt16(at: start + 10)
    roundTripDelay = bytes.bigEndianUInt16(at: start + 12)
    endSystemDelay = bytes.bigEndianUInt16(at: start + 14)
    ratingFactor = bytes.byte(at: start + 20)
    listeningQuality = bytes.byte(at: start + 22)
    conversationalQuality = bytes.byte(at: start + 23)
    jitterBufferNominal = bytes.bigEndianUInt16(at: start + 26)
  }
}
