import CaptureFacts

/// What is true of one signalling message on one hop.
public struct MessageTruth: Sendable {
  /// The protocol of the message.
  public enum Kind: String, Sendable {
    case sip, diameter
  }

  /// What kind it is.
  public var kind: Kind
  /// The end that sent it.
  public var from: Endpoint
  /// The end that it was sent to.
  public var to: Endpoint
  /// The transport of the hop.
  public var transport: TransportProtocol
  /// The start line of SIP; for Diameter the command, such as `UAR` or `UAA`.
  public var summary: String
  /// The registration, call or service that it belongs to, nil where it belongs to none.
  public var record: String?
  /// Whether these bytes repeat an earlier message: a retransmission by the sender.
  public var isRetransmission = false
  /// The numbers, in merged order, of the frames that carry it, all copies together; without those that were lost.
  public var frames: [Int] = []
  /// The frame that completes it, nil where a frame of it was lost.
  public var completingFrame: Int?
  /// How often it can be read from the capture: 0 where a frame was lost, 2 where a second tap saw it as well.
  public var observations = 0
}
