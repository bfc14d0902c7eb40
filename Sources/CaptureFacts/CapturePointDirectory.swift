/// All points at which something was seen, each once.
public struct CapturePointDirectory: Sendable {
  /// How many points are told apart: a tap of a radio network shows a tunnel for each of some thousand base stations.
  /// Beyond it points are told apart by station and layers alone, and beyond twice as many not at all.
  public static let distinctPoints = 1 << 13

  /// What one point showed.
  public struct Counts: Hashable, Sendable {
    /// SIP messages, copies and retransmissions among them.
    public var sipObservations: UInt64 = 0
    /// Diameter messages, copies and retransmissions among them.
    public var diameterObservations: UInt64 = 0

    /// Nothing was seen.
    public init() {}
  }

  /// What each point showed, by handle.
  public private(set) var counts: [Counts] = []

  /// The points by their handles.
  public private(set) var points: [CapturePoint] = []

  private var handles: [CapturePoint: CapturePointHandle] = [:]
  /// Sights of the last packets with their handles, a new one in place of the oldest.
  private var recent: [(sight: Sight, handle: CapturePointHandle)] = []
  private var oldest = 0

  /// How many sights are looked through before the table is asked: the links between the hosts of a core show a few.
  private static let recentSights = 6

  /// What tells a point, before it is brought to its form: most packets are seen as one of the last ones was.
  private struct Sight: Equatable {
    var station: UInt32
    var path: LayerPath
    var vlans: UInt32
    var source: IPAddress
    var destination: IPAddress
  }

  /// No point was seen yet.
  public init() {}

  /// The handle of the point at which a packet was seen, which is kept where it is new.
  public mutating func handle(
    station: UInt32, path: LayerPath, vlans: UInt32, tunnelSource: IPAddress, tunnelDestination: IPAddress
  ) -> CapturePointHandle {
    let sight = Sight(
      station: station, path: path, vlans: vlans, source: tunnelSource, destination: tunnelDestination)
    for known in recent where known.sight == sight { return known.handle }
    let point = CapturePoint(
      station: station, path: path, vlans: vlans, tunnelEnds: (tunnelSource, tunnelDestination))
    let handle = handles[point] ?? insert(point)
    if recent.count < CapturePointDirectory.recentSights {
      recent.append((sight, handle))
    } else {
      recent[oldest] = (sight, handle)
      oldest = oldest &+ 1 < recent.count ? oldest &+ 1 : 0
    }
    return handle
  }

  /// Counts a SIP message at a point that a handle of this directory names.
  public mutating func countSIP(at handle: CapturePointHandle) {
    guard Int(handle.rawValue) < counts.count else { return }
    counts[Int(handle.rawValue)].sipObservations &+= 1
  }

  /// Counts a Diameter message at a point that a handle of this directory names.
  public mutating func countDiameter(at handle: CapturePointHandle) {
    guard Int(handle.rawValue) < counts.count else { return }
    counts[Int(handle.rawValue)].diameterObservations &+= 1
  }

  /// The handle of a point that another directory holds, which is kept where it is new; nil beyond the bound.
  public mutating func handle(of point: CapturePoint) -> CapturePointHandle? {
    if let handle = handles[point] { return handle }
    guard points.count < 2 * CapturePointDirectory.distinctPoints else { return nil }
    return keep(point)
  }

  /// Adds what another directory counted at a point that a handle of this one names.
  public mutating func add(_ other: Counts, at handle: CapturePointHandle) {
    guard Int(handle.rawValue) < counts.count else { return }
    counts[Int(handle.rawValue)].sipObservations &+= other.sipObservations
    counts[Int(handle.rawValue)].diameterObservations &+= other.diameterObservations
  }

  /// The station of the point that a handle names; 0 for one that is not of this directory.
  public func station(of handle: CapturePointHandle) -> UInt32 {
    let place = Int(handle.rawValue)
    return place < points.count ? points[place].station : 0
  }

  private mutating func insert(_ point: CapturePoint) -> CapturePointHandle {
    var kept = point
    if points.count >= CapturePointDirectory.distinctPoints {
      kept = CapturePoint(station: point.station, path: LayerPath())
      kept.layers = point.layers
      if let handle = handles[kept] { return handle }
      guard points.count < 2 * CapturePointDirectory.distinctPoints else { return .first }
    }
    return keep(kept)
  }

  private mutating func keep(_ point: CapturePoint) -> CapturePointHandle {
    let handle = CapturePointHandle(rawValue: UInt16(truncatingIfNeeded: points.count))
    points.append(point)
    counts.append(Counts())
    handles[point] = handle
    return handle
  }
}
