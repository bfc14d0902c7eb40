import CaptureFacts

/// Names points for a person.
struct CapturePointText {
  private let capture: CaptureSummary

  init(_ capture: CaptureSummary) {
    self.capture = capture
  }

  /// At which points a record was seen; nil where there is only one in all.
  func text(of tally: CapturePointTally) -> String? {
    guard capture.points.points.count > 1 else { return nil }
    return tally.entries.map { entry in
      let parts = [
        entry.messages > 0 ? "\(entry.messages) messages" : nil, entry.copies > 0 ? "\(entry.copies) copies" : nil,
      ]
      return name(of: entry.point) + ": " + parts.compactMap(\.self).joined(separator: ", ")
    }.joined(separator: "; ")
  }

  /// `tap.pcap eth0 ethernet vlan 100`: as much as tells it from other points.
  func name(of handle: CapturePointHandle) -> String {
    let place = Int(handle.rawValue)
    guard place < capture.points.points.count else { return "?" }
    let point = capture.points.points[place]
    var words: [String] = []
    if Int(point.station) < capture.stations.count, capture.stations.count > 1 {
      let station = capture.stations[Int(point.station)]
      if capture.files.count > 1, let file = station.files.first { words.append(capture.files[file].name) }
      if !station.interface.isEmpty { words.append(station.interface) }
    }
    words += point.layers.layers.map(\.name)
    if !point.vlanIdentifiers.isEmpty {
      words.append(point.vlanIdentifiers.map(String.init).joined(separator: "/"))
    }
    if point.isTunnelled { words.append("\(point.tunnelEnds.0)-\(point.tunnelEnds.1)") }
    return words.isEmpty ? "plain" : words.joined(separator: " ")
  }
}
