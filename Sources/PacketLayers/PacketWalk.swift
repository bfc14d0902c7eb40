import ByteReading
import CaptureFacts

/// The way through the headers of one frame. Each reader takes the header at `offset`, moves behind it, narrows `end`
/// where the header has a length, and says what comes next.
///
/// It holds throughout that `0 <= offset <= end <= bytes.byteCount`, so a reader that has checked `remaining` loads
/// without further thought.
struct PacketWalk {
  // What has been found so far: the fields of `DecodedPacket`, each by itself, so that a reader writes the one it means
  // and the packet is put together once, in its place. Copying it on the way costs more than reading the headers.
  var path = LayerPath()
  var source = Endpoint(address: IPAddress(high: 0, low: 0), port: 0)
  var destination = Endpoint(address: IPAddress(high: 0, low: 0), port: 0)
  var content = DecodedPacket.Content.datagram
  var identification: UInt32 = 0
  var payload = 0..<0
  var promisedPayloadLength = 0
  var datagramTransport = TransportProtocol.udp
  var recordedTime: Timestamp?
  var correlationIdentifier = ByteRange()
  var vlans: UInt32 = 0
  var tunnelSource = IPAddress(high: 0, low: 0)
  var tunnelDestination = IPAddress(high: 0, low: 0)

  /// Where the next header begins.
  var offset = 0

  /// Behind the last captured byte that belongs to the current layer.
  var end: Int

  /// Where the headers say that the current layer ends: behind `end` where the frame was cut; `Int.max` as long as no
  /// header has said.
  var promisedEnd = Int.max

  /// The protocol of the bytes at `offset`, below IP.
  var ipProtocol: UInt8 = 0

  private var depth = 0
  private var extensionHeaders = 0
  private let frame: FrameReference

  /// Begins at the front of `end` bytes.
  @inline(__always)
  init(end: Int, frame: FrameReference) {
    self.end = end
    self.frame = frame
  }

  /// Takes the path, the addresses and the identification of the packet around.
  mutating func continueInside(_ outer: DecodedPacket) {
    path = outer.path
    source = Endpoint(address: outer.source.address, port: 0)
    destination = Endpoint(address: outer.destination.address, port: 0)
    identification = outer.identification
    depth = outer.path.count
    vlans = outer.vlans
    tunnelSource = outer.tunnelSource
    tunnelDestination = outer.tunnelDestination
    promisedEnd = end
  }

  /// Writes the packet as it was found.
  @inline(__always)
  func write(into packet: inout DecodedPacket) {
    packet.path = path
    packet.source = source
    packet.destination = destination
    packet.content = content
    packet.identification = identification
    packet.payload = payload
    packet.promisedPayloadLength = promisedPayloadLength
    packet.datagramTransport = datagramTransport
    packet.recordedTime = recordedTime
    packet.correlationIdentifier = correlationIdentifier
    packet.vlans = vlans
    packet.tunnelSource = tunnelSource
    packet.tunnelDestination = tunnelDestination
  }

  /// Keeps the ends of the packet around, before those of the one inside replace them.
  @inline(__always)
  mutating func noteTunnel() {
    guard source.address.low | source.address.high != 0 else { return }
    tunnelSource = source.address
    tunnelDestination = destination.address
  }

  /// Keeps a VLAN identifier.
  mutating func noteVLAN(_ tag: UInt16) {
    vlans = (vlans << 12 | UInt32(tag & 0xfff)) & 0xff_ffff
  }

  /// How many captured bytes of the current layer are ahead.
  @inline(__always)
  var remaining: Int { end - offset }

  /// Reads layer after layer; whether a packet was found.
  mutating func follow(_ bytes: RawSpan, from first: NextLayer, _ anomalies: inout AnomalyLedger) -> Bool {
    var next = first
    while true {
      switch next {
      case .ethernet: next = readEthernet(bytes, &anomalies)
      case .internet: next = readInternet(bytes, &anomalies)
      case .udp: next = readUDP(bytes, &anomalies)
      case .tcp: next = readTCP(bytes, &anomalies)
      case .sctp: next = readSCTP(bytes, &anomalies)
      case .complete: return true
      case .nothing: return false
      case .unknown: return endUnknown(&anomalies)
      default: next = readRarer(next, bytes, &anomalies)
      }
    }
  }

  /// The layers that most packets do not have, apart so that the loop over the others stays small.
  @inline(never)
  mutating func readRarer(
    _ layer: NextLayer, _ bytes: RawSpan, _ anomalies: inout AnomalyLedger
  ) -> NextLayer {
    switch layer {
    case .linuxCooked: readLinuxCooked(bytes, &anomalies)
    case .linuxCooked2: readLinuxCooked2(bytes, &anomalies)
    case .null: readNull(bytes, &anomalies)
    case .raw: readRaw(&anomalies)
    case .ppp: readPPP(bytes, &anomalies)
    case .pppWithDirection: readPPPWithDirection(bytes, &anomalies)
    case .ciscoHDLC: readCiscoHDLC(bytes, &anomalies)
    case .nflog: readNFLOG(bytes, &anomalies)
    case .exportedPDU: readExportedPDU(bytes, &anomalies)
    case .vlan: readVLAN(bytes, &anomalies)
    case .vnTag: readVNTag(bytes, &anomalies)
    case .mpls: readMPLS(bytes, &anomalies)
    case .pppoe: readPPPoE(bytes, &anomalies)
    case .providerBackboneBridge: readProviderBackboneBridge(&anomalies)
    case .logicalLinkControl: readLogicalLinkControl(bytes, &anomalies)
    case .extensionHeader: readExtensionHeader(bytes, &anomalies)
    case .fragmentHeader: readFragmentHeader(bytes, &anomalies)
    case .icmp: readICMP(bytes, version: .ipv4, &anomalies)
    case .icmpv6: readICMP(bytes, version: .ipv6, &anomalies)
    case .gre: readGRE(bytes, &anomalies)
    case .erspanTypeTwo: readERSPANTypeTwo(bytes, &anomalies)
    case .erspanTypeThree: readERSPANTypeThree(bytes, &anomalies)
    case .authenticationHeader: readAuthenticationHeader(bytes, &anomalies)
    case .encapsulatingSecurityPayload: readEncapsulatingSecurityPayload(&anomalies)
    case .gtpU: readGTPU(bytes, &anomalies)
    case .vxlan: readVXLAN(bytes, &anomalies)
    case .geneve: readGENEVE(bytes, &anomalies)
    case .teredo: readTeredo(bytes, &anomalies)
    case .udpEncapsulatedESP: readUDPEncapsulatedESP(bytes, &anomalies)
    case .tzsp: readTZSP(bytes, &anomalies)
    case .hep: readHEP(bytes, &anomalies)
    case .gsmtap: readGSMTAP(bytes, &anomalies)
    case .ethernet, .internet, .udp, .tcp, .sctp, .unknown, .complete, .nothing: layer
    }
  }

  /// Adds a layer to the path; false, recorded, where that is one too many.
  @inline(__always)
  mutating func enter(_ layer: LayerKind, _ anomalies: inout AnomalyLedger) -> Bool {
    guard depth < PacketDecoder.layerLimit else {
      report(.nestedTooDeep, at: layer, &anomalies)
      return false
    }
    depth += 1
    path.append(layer)
    return true
  }

  /// Counts an IPv6 extension header; false, recorded, where that is one too many.
  mutating func enterExtensionHeader(_ anomalies: inout AnomalyLedger) -> Bool {
    guard extensionHeaders < PacketDecoder.extensionHeaderLimit else {
      report(.nestedTooDeep, at: .ipv6, &anomalies)
      return false
    }
    extensionHeaders += 1
    return true
  }

  /// Adds a layer to the path and makes sure of its fixed header; false, recorded, where either fails.
  @inline(__always)
  mutating func enter(_ layer: LayerKind, header: Int, _ anomalies: inout AnomalyLedger) -> Bool {
    guard enter(layer, &anomalies) else { return false }
    return require(header, at: layer, &anomalies)
  }

  /// Whether `count` bytes are ahead; false, recorded, where they are not.
  @inline(__always)
  func require(_ count: Int, at layer: LayerKind, _ anomalies: inout AnomalyLedger) -> Bool {
    guard remaining >= count else {
      report(.headerTruncated, at: layer, offset: remaining, &anomalies)
      return false
    }
    return true
  }

  /// Takes the length that a header states for what begins at `start`. A length beyond that of the enclosing layer is
  /// a contradiction; one beyond the captured bytes is a cut.
  @inline(__always)
  mutating func narrow(
    to length: Int, from start: Int, at layer: LayerKind, field: Int, _ anomalies: inout AnomalyLedger
  ) {
    let claimed = start &+ length
    if claimed > promisedEnd { report(.headerMalformed, at: layer, offset: field, &anomalies) }
    promisedEnd = claimed
    if claimed < end { end = max(claimed, offset) }
  }

  /// Takes what is ahead as the payload of `content`.
  @inline(__always)
  mutating func carry(_ content: DecodedPacket.Content) {
    self.content = content
    payload = offset..<end
    promisedPayloadLength = promisedEnd == .max ? end - offset : max(0, promisedEnd - offset)
  }

  /// Takes what can be had of a transport header that was cut: the ports, with which all of them begin.
  mutating func carryCutTransport(_ bytes: RawSpan, _ ipProtocol: UInt8) -> NextLayer {
    if remaining >= 4 {
      source.port = bytes.bigEndianUInt16(at: offset)
      destination.port = bytes.bigEndianUInt16(at: offset + 2)
    }
    beginInternetPayload(ipProtocol)
    return .complete
  }

  /// Notes that what is ahead is of this protocol of IP, and takes it as it is until a reader knows more.
  @inline(__always)
  mutating func beginInternetPayload(_ ipProtocol: UInt8) {
    self.ipProtocol = ipProtocol
    carry(.other(ipProtocol: ipProtocol))
  }

  /// Goes on with what an EtherType announces, or counts it under its number.
  @inline(__always)
  func next(etherType: UInt16, at layer: LayerKind, _ anomalies: inout AnomalyLedger) -> NextLayer {
    if etherType == 0x0800 { return .internet }
    return known(NextLayer(etherType: etherType), number: UInt32(etherType), at: layer, &anomalies)
  }

  /// `next`, or `.nothing` where the announced protocol has no reader, counted under its number.
  @inline(__always)
  func known(
    _ next: NextLayer, number: UInt32, at layer: LayerKind, _ anomalies: inout AnomalyLedger
  ) -> NextLayer {
    guard next == .unknown else { return next }
    report(.protocolNotDecoded, at: layer, detail: number, &anomalies)
    return .nothing
  }

  /// Records what is wrong at a layer; `offset` is inside that layer.
  @inline(__always)
  func report(
    _ kind: AnomalyKind, at layer: LayerKind, offset: Int = 0, detail: UInt32 = 0, _ anomalies: inout AnomalyLedger
  ) {
    anomalies.record(kind, at: layer, frame: frame, offset: offset, detail: detail)
  }

  /// Ends at a protocol of IP that has no reader: it stays in the packet by its number.
  private func endUnknown(_ anomalies: inout AnomalyLedger) -> Bool {
    let layer: LayerKind = source.address.isV4 ? .ipv4 : .ipv6
    report(.protocolNotDecoded, at: layer, detail: UInt32(ipProtocol), &anomalies)
    return true
  }
}
