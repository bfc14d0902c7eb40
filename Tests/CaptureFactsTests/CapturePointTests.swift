import CaptureFacts
import Testing

/// Where messages were seen, in two bytes for each.
struct CapturePointTests {
  private func path(_ layers: LayerKind...) -> LayerPath {
    var path = LayerPath()
    for layer in layers { path.append(layer) }
    return path
  }

  private let left = IPAddress(v4: 0x0a00_0001)
  private let right = IPAddress(v4: 0x0a00_0002)
  private let nowhere = IPAddress(high: 0, low: 0)

  private func handle(
    _ directory: inout CapturePointDirectory, _ path: LayerPath, station: UInt32 = 0, vlans: UInt32 = 0,
    from source: IPAddress? = nil, to destination: IPAddress? = nil
  ) -> CapturePointHandle {
    directory.handle(
      station: station, path: path, vlans: vlans, tunnelSource: source ?? nowhere,
      tunnelDestination: destination ?? nowhere)
  }

  @Test("a point is what is around the innermost packet: the transport and the message do not tell it")
  func layers() {
    let tunnel = path(.ethernet, .vlan, .ipv4, .udp, .gtpU, .ipv4, .tcp, .sip)
    #expect(CapturePoint(station: 0, path: tunnel).layers.description == "ethernet:vlan:ipv4:udp:gtp_u")
    #expect(CapturePoint(station: 0, path: path(.ethernet, .ipv6, .sctp)).layers.description == "ethernet")
    #expect(CapturePoint(station: 0, path: path(.ethernet, .ipv4, .esp, .udp)).layers.description == "ethernet")
    #expect(CapturePoint(station: 0, path: path(.exportedPDU)).layers.description == "exported_pdu")
    #expect(CapturePoint(station: 0, path: path(.raw, .ipv4, .udp, .hep)).layers.description == "raw:ipv4:udp:hep")
    #expect(CapturePoint(station: 0, path: LayerPath(), vlans: 7 << 12 | 100).vlanIdentifiers == [7, 100])
  }

  @Test("both directions of a tunnel are one point; station, tags and other ends make another")
  func distinction() {
    var directory = CapturePointDirectory()
    let tunnel = path(.ethernet, .ipv4, .udp, .gtpU, .ipv4, .udp)
    let first = handle(&directory, tunnel, from: left, to: right)
    #expect(handle(&directory, tunnel, from: right, to: left) == first)
    #expect(handle(&directory, path(.ethernet, .ipv4, .udp, .gtpU, .ipv6, .tcp), from: right, to: left) == first)
    #expect(handle(&directory, tunnel, from: left, to: IPAddress(v4: 7)) != first)
    #expect(handle(&directory, tunnel, station: 1, from: left, to: right) != first)
    #expect(handle(&directory, tunnel, vlans: 100, from: left, to: right) != first)
    #expect(directory.points.count == 4)
  }

  @Test("beyond the bound tunnels are no longer told apart, and nothing grows")
  func bound() {
    var directory = CapturePointDirectory()
    let tunnel = path(.ethernet, .ipv4, .gre, .ipv4, .udp)
    for number in 0..<UInt32(3 * CapturePointDirectory.distinctPoints) {
      _ = handle(&directory, tunnel, from: left, to: IPAddress(v4: number))
    }
    #expect(directory.points.count == CapturePointDirectory.distinctPoints + 1)
    let rest = handle(&directory, tunnel, from: right, to: IPAddress(v4: .max))
    #expect(Int(rest.rawValue) == CapturePointDirectory.distinctPoints)
    #expect(!directory.points[Int(rest.rawValue)].isTunnelled)
    for station in 0..<UInt32(3 * CapturePointDirectory.distinctPoints) {
      _ = handle(&directory, tunnel, station: station)
    }
    #expect(directory.points.count == 2 * CapturePointDirectory.distinctPoints)
  }

  @Test("a record counts messages and copies by point, up to a bound")
  func tally() {
    var tally = CapturePointTally()
    #expect(tally.entries.isEmpty)
    tally.countMessage(at: CapturePointHandle(rawValue: 3))
    tally.countMessage(at: CapturePointHandle(rawValue: 1))
    tally.countCopy(at: CapturePointHandle(rawValue: 3))
    var other = CapturePointTally()
    other.countMessage(at: CapturePointHandle(rawValue: 3))
    tally.merge(other)
    #expect(tally.entries.map(\.point.rawValue) == [1, 3])
    #expect(tally.entries.map(\.messages) == [1, 2])
    #expect(tally.entries.map(\.copies) == [0, 1])
    for point in 0..<UInt16(1000) { tally.countCopy(at: CapturePointHandle(rawValue: point)) }
    #expect(tally.entries.count == CapturePointTally.distinctPoints)
    #expect(tally.entries.reduce(0) { $0 + $1.copies } == 1001)
  }
}
