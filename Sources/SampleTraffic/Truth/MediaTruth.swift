/// What is true of one stream of RTP: one source in one direction.
public struct MediaTruth: Sendable {
  /// The call that it belongs to.
  public var call: String
  /// `address:port` of the sender.
  public var source: String
  /// `address:port` of the receiver.
  public var destination: String
  /// The SSRC.
  public var synchronizationSource: UInt32
  /// The codec of its speech, as rtpmap writes it.
  public var codec: String
  /// Packets in the capture, those that came twice counted twice.
  public var packets = 0
  /// Packets that were sent and never arrived.
  public var lost = 0
  /// The most of them in a row.
  public var longestLoss = 0
  /// Packets that came twice.
  public var doubled = 0
  /// Packets that came after their successor.
  public var late = 0
  /// Keys that were pressed.
  public var digits = 0
  /// Whether its payload is encrypted (RFC 3711).
  public var isSecured = false
  /// The share of lost packets, in 256ths, that its receiver reported; nil where it reported nothing.
  public var reportedLoss: UInt8?
}
