import CaptureFacts
import PacketLayers

/// What fragments of one datagram share (RFC 791 section 3.2; for IPv6 RFC 8200 section 4.5, which leaves the protocol
/// out: later fragments may state another). The link and the tunnel do not count, so that fragments that took two ways
/// past the capture still meet.
struct FragmentKey: Hashable {
  var source: IPAddress
  var destination: IPAddress
  var identification: UInt32
  /// The protocol of IPv4; 0 for IPv6.
  var ipProtocol: UInt8

  init(source: IPAddress, destination: IPAddress, header: IPFragmentHeader) {
    self.source = source
    self.destination = destination
    identification = header.identification
    ipProtocol = source.isV4 ? header.ipProtocol : 0
  }
}
