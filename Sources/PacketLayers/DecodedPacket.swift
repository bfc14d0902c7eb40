import ByteReading
import CaptureFacts

/// What one frame carries once its headers are read: plain values, and the payload as a range of the bytes that were
/// decoded.
public struct DecodedPacket: Sendable {
  /// What the innermost header that was understood says.
  public enum Content: Sendable {
    /// A datagram: UDP, or a message whose capture format already gave its addresses (HEP, exported PDU).
    case datagram
    /// A TCP segment.
    case segment(TCPSegmentHeader)
    /// An SCTP packet; its chunks are the payload.
    case sctp(SCTPCommonHeader)
    /// A fragment of an IP datagram; its bytes are the payload.
    case fragment(IPFragmentHeader)
    /// An ICMP or ICMPv6 error that quotes a packet. The quoted packet is evidence, never a message.
    case unreachable(ICMPQuote)
    /// An encapsulating security payload (RFC 4303): SPI and sequence number are the first eight bytes of the payload.
    case encapsulatingSecurityPayload
    /// Anything else over IP, by its protocol number.
    case other(ipProtocol: UInt8)
  }

  /// The layers that were read, outermost first.
  public var path: LayerPath

  /// The innermost source.
  public var source: Endpoint

  /// The innermost destination.
  public var destination: Endpoint

  /// What the innermost header says.
  public var content: Content

  /// The identification of the innermost IP header (RFC 791 section 3.1; 0 for IPv6 without a fragment header).
  public var identification: UInt32

  /// The payload, as a range of the bytes given to the decoder.
  public var payload: Range<Int>

  /// How many bytes of payload the headers promise; more than `payload.count` where the frame was cut by its snapshot
  /// length.
  public var promisedPayloadLength: Int

  /// What carried a `datagram`: UDP, unless the capture format (HEP, exported PDU) names another transport, and then
  /// the payload is one message of that transport.
  public var datagramTransport: TransportProtocol

  /// When the message was captured first, where the capture format (HEP) says so and that differs from the frame's own
  /// time.
  public var recordedTime: Timestamp?

  /// The correlation identifier of HEP, as a range of the bytes given to the decoder; empty where there is none.
  public var correlationIdentifier: ByteRange

  /// The last two VLAN identifiers, 12 bits each, the inner one lowest; 0 for none.
  public var vlans: UInt32

  /// Where the innermost tunnel around the packet begins; unspecified where there is none.
  public var tunnelSource: IPAddress

  /// Where that tunnel ends.
  public var tunnelDestination: IPAddress

  /// An empty datagram from nowhere to nowhere: the place for `PacketDecoder` to write to.
  @inlinable
  public init() {
    let nowhere = Endpoint(address: IPAddress(high: 0, low: 0), port: 0)
    self.init(
      path: LayerPath(), source: nowhere, destination: nowhere, content: .datagram, payload: 0..<0,
      promisedPayloadLength: 0)
  }

  /// Describes a packet.
  @inlinable
  public init(
    path: LayerPath, source: Endpoint, destination: Endpoint, content: Content, identification: UInt32 = 0,
    payload: Range<Int>, promisedPayloadLength: Int, datagramTransport: TransportProtocol = .udp,
    recordedTime: Timestamp? = nil, correlationIdentifier: ByteRange = ByteRange(), vlans: UInt32 = 0,
    tunnelSource: IPAddress = IPAddress(high: 0, low: 0), tunnelDestination: IPAddress = IPAddress(high: 0, low: 0)
  ) {
    self.path = path
    self.source = source
    self.destination = destination
    self.content = content
    self.identification = identification
    self.payload = payload
    self.promisedPayloadLength = promisedPayloadLength
    self.datagramTransport = datagramTransport
    self.recordedTime = recordedTime
    self.correlationIdentifier = correlationIdentifier
    self.vlans = vlans
    self.tunnelSource = tunnelSource
    self.tunnelDestination = tunnelDestination
  }
}
