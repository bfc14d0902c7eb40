import ByteReading
import CaptureFacts

/// A header that holds a checksum over what follows it.
public struct ChecksummedHeader: Hashable, Sendable {
  /// UDP, TCP, SCTP, ICMP or ICMPv6.
  public var layer: LayerKind
  /// What the checksum covers, the header first, as far as it was captured.
  public var range: Range<Int>
}

extension PacketDecoder {
  /// The headers of a frame that hold checksums over what follows them, outermost first: those of tunnels as well.
  public func checksummedHeaders(in bytes: RawSpan, linkType: LinkType, frame: FrameReference) -> [ChecksummedHeader] {
    guard let link = NextLayer(linkType: linkType) else { return [] }
    var walk = PacketWalk(end: bytes.byteCount, frame: frame)
    return walk.checksummedHeaders(bytes, from: link)
  }
}

extension PacketWalk {
  /// Goes the way of `follow`, noting where headers begin.
  fileprivate mutating func checksummedHeaders(_ bytes: RawSpan, from first: NextLayer) -> [ChecksummedHeader] {
    var headers: [ChecksummedHeader] = []
    var anomalies = AnomalyLedger()
    var next = first
    while true {
      let layer: LayerKind? =
        switch next {
        case .udp: .udp
        case .tcp: .tcp
        case .sctp: .sctp
        case .icmp: .icmp
        case .icmpv6: .icmpv6
        default: nil
        }
      if let layer { headers.append(ChecksummedHeader(layer: layer, range: offset..<end)) }
      switch next {
      case .ethernet: next = readEthernet(bytes, &anomalies)
      case .internet: next = readInternet(bytes, &anomalies)
      case .udp: next = readUDP(bytes, &anomalies)
      case .tcp: next = readTCP(bytes, &anomalies)
      case .sctp: next = readSCTP(bytes, &anomalies)
      case .complete, .nothing, .unknown: return headers
      default: next = readRarer(next, bytes, &anomalies)
      }
    }
  }
}
