import CaptureFacts
import SubscriberTimelines

extension JSONWriter {
  /// Where, when and between whom a message was seen.
  mutating func members<Message>(
    of observed: Observed<Message>, _ sighting: MessageSighting, _ points: CapturePointDirectory, inputs: [String],
    _ names: HandleNames
  ) {
    let frame = observed.frame
    member("frame", frame)
    if !observed.otherFrames.isEmpty { member("frames", (observed.otherFrames + [frame]).sorted()) }
    if Int(frame.file) < inputs.count { member("file", inputs[Int(frame.file)]) }
    member("frame_in_file", frame.numberInFile)
    member("time", observed.time)
    member("source", observed.flow.source.description)
    member("destination", observed.flow.destination.description)
    member("from", sighting.from, names)
    member("to", sighting.to, names)
    member("from_roles", rolesOf: sighting.from, names)
    member("to_roles", rolesOf: sighting.to, names)
    member("transport", observed.flow.transport.name)
    member("layers", observed.path.layers.map(\.name))
    let place = Int(observed.point.rawValue)
    member("point", place + 1)
    if place < points.points.count {
      let point = points.points[place]
      member("capture_interface", point.station)
      if !point.vlanIdentifiers.isEmpty { member("vlans", each: point.vlanIdentifiers) { $0.value($1) } }
      if point.isTunnelled {
        member("tunnel_ends", [point.tunnelEnds.0.description, point.tunnelEnds.1.description])
      }
    }
    member("correlation_id", observed.correlationIdentifier)
    switch sighting.repetition {
    case .none: break
    case .copy: member("copy", true)
    case .retransmission: member("retransmission", true)
    }
  }
}
