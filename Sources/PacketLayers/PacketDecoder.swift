import ByteReading
import CaptureFacts

/// Reads frames from the link inwards, layer by layer, to their innermost packet. Holds no state: a packet that needs
/// others (a fragment, a protected payload) is handed out as it is, and comes back through `decode(inner:)`.
public struct PacketDecoder: Sendable {
  /// How many layers deep a packet may be nested: as many as a `LayerPath` holds. What real networks nest stays below:
  /// Ethernet, two VLANs, MPLS, IP, UDP, GTP-U, IP, UDP are nine.
  public static let layerLimit = LayerPath.capacity

  /// How many IPv6 extension headers are followed in one frame. Each kind is due once, destination options twice
  /// (RFC 8200 section 4.1): eight in all; the rest is for tunnels.
  public static let extensionHeaderLimit = 16

  /// Makes a decoder.
  public init() {}

  /// Reads a frame down to its innermost packet.
  ///
  /// - Returns: the packet, its payload a range of `bytes`; nil where nothing over IP was found, which is counted in
  ///   `anomalies`.
  public func decode(
    _ bytes: RawSpan, linkType: LinkType, frame: FrameReference, anomalies: inout AnomalyLedger
  ) -> DecodedPacket? {
    var packet = DecodedPacket()
    return decode(bytes, linkType: linkType, frame: frame, anomalies: &anomalies, into: &packet) ? packet : nil
  }

  /// The same without copying the packet, for the loop over all frames: `packet` is used again from frame to frame.
  ///
  /// - Returns: whether a packet was found; where not, `packet` stays as it was.
  public func decode(
    _ bytes: RawSpan, linkType: LinkType, frame: FrameReference, anomalies: inout AnomalyLedger,
    into packet: inout DecodedPacket
  ) -> Bool {
    if readPlainDatagram(bytes, linkType: linkType, into: &packet) { return true }
    guard let link = NextLayer(linkType: linkType) else {
      anomalies.record(.linkTypeNotDecoded, at: .captureFile, frame: frame, detail: linkType.rawValue)
      return false
    }
    var walk = PacketWalk(end: bytes.byteCount, frame: frame)
    guard walk.follow(bytes, from: link, &anomalies) else { return false }
    walk.write(into: &packet)
    return true
  }

  /// Reads a packet that came out of another: a reassembled datagram, or an opened security payload.
  ///
  /// - Parameters:
  ///   - bytes: what was inside.
  ///   - ipProtocol: the protocol with which `bytes` begin.
  ///   - outer: the packet around them: its addresses and its path continue, its ports do not.
  ///   - frame: the frame that completed them.
  /// - Returns: as `decode(_:linkType:frame:anomalies:)`.
  public func decode(
    inner bytes: RawSpan, ipProtocol: UInt8, outer: DecodedPacket, frame: FrameReference,
    anomalies: inout AnomalyLedger
  ) -> DecodedPacket? {
    var walk = PacketWalk(end: bytes.byteCount, frame: frame)
    walk.continueInside(outer)
    let first = NextLayer(ipProtocol: ipProtocol)
    // A datagram put together of fragments holds no fragment header of its own level (RFC 8200 section 4.5: the
    // header is removed); one that does would let input choose how often it comes round.
    if case .fragment = outer.content, first == .fragmentHeader {
      walk.report(.headerMalformed, at: .ipv6, &anomalies)
      return nil
    }
    walk.beginInternetPayload(ipProtocol)
    guard walk.follow(bytes, from: first, &anomalies) else { return nil }
    var packet = DecodedPacket()
    walk.write(into: &packet)
    return packet
  }
}
