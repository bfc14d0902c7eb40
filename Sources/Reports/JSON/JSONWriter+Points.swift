import CaptureFacts

/// Where messages were seen. Points are numbered from 1, in the order in which they were first seen.
extension JSONWriter {
  /// The points of a capture, each described once.
  mutating func points(of capture: CaptureSummary) {
    member("points", each: Array(capture.points.points.indices)) { json, place in
      let point = capture.points.points[place]
      json.beginObject()
      json.member("point", place + 1)
      let station = Int(point.station)
      if station < capture.stations.count {
        json.memberIfAny("files", capture.stations[station].files.map { capture.files[$0].name })
        let interface = capture.stations[station].interface
        json.member("interface", interface.isEmpty ? nil : interface)
      }
      json.member("layers", point.layers.layers.map(\.name))
      if !point.vlanIdentifiers.isEmpty { json.member("vlans", each: point.vlanIdentifiers) { $0.value($1) } }
      if point.isTunnelled {
        json.member("tunnel_ends", [point.tunnelEnds.0.description, point.tunnelEnds.1.description])
      }
      json.member("sip_observations", capture.points.counts[place].sipObservations)
      json.member("diameter_observations", capture.points.counts[place].diameterObservations)
      json.endObject()
    }
  }

  /// How many messages of a record were seen at each point first, and how many were seen there again.
  mutating func member(_ key: StaticString, _ tally: CapturePointTally) {
    member(key, each: tally.entries) { json, entry in
      json.beginObject()
      json.member("point", Int(entry.point.rawValue) + 1)
      json.member("messages", entry.messages)
      json.member("copies", entry.copies)
      json.endObject()
    }
  }
}
