import CaptureFacts

/// What is known of the clocks of each two stations.
struct ClockTable {
  /// How many stations are compared: the taps of a network.
  static let stations: UInt32 = 32

  private var stationOfPoint: [UInt32] = []
  private var comparisons: [UInt64: ClockComparison] = [:]
  private var first: UInt32?

  /// Whether messages came from more than one station.
  private(set) var isShared = false

  /// Notes from which station a message came.
  mutating func note(_ station: UInt32, of point: CapturePointHandle) {
    let place = Int(point.rawValue)
    while stationOfPoint.count <= place { stationOfPoint.append(.max) }
    stationOfPoint[place] = station
    if first == nil { first = station }
    if first != station { isShared = true }
  }

  /// Takes a cause and its effect; nothing where one station saw both.
  mutating func add(_ cause: TimelineEvent, _ effect: TimelineEvent) {
    guard let from = station(of: cause.point), let to = station(of: effect.point), from != to else { return }
    comparisons[UInt64(min(from, to)) << 32 | UInt64(max(from, to)), default: ClockComparison()].add(
      causeAtFirst: from < to, from: cause.time, to: effect.time, frames: [cause.frame, effect.frame])
  }

  /// The comparisons in the order of their stations.
  var all: [ClockComparison] { comparisons.sorted { $0.key < $1.key }.map(\.value) }

  private func station(of point: CapturePointHandle) -> UInt32? {
    let place = Int(point.rawValue)
    guard place < stationOfPoint.count, stationOfPoint[place] < ClockTable.stations else { return nil }
    return stationOfPoint[place]
  }
}
