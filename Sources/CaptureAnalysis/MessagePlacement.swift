import CaptureFacts
import StreamReassembly

/// Where and when a message was seen.
struct MessagePlacement {
  var time: Timestamp
  var frame: FrameReference
  var otherFrames: [FrameReference]
  var flow: Flow
  var path: LayerPath
  var point: CapturePointHandle
  var transmissionMark: UInt32
  var correlationIdentifier: String?

  /// Says of a message of a protocol that it was seen here.
  func place<Message>(_ observed: inout Observed<Message>, _ layer: LayerKind, _ origins: FrameOrigins) {
    observed.time = time
    observed.frame = frame
    observed.otherFrames = origins.complete(otherFrames, of: frame)
    observed.flow = flow
    observed.path = path
    observed.path.append(layer)
    observed.point = point
    observed.transmissionMark = transmissionMark
    observed.correlationIdentifier = correlationIdentifier
  }
}

extension Observed {
  /// A place for messages yet to be seen.
  init(placeFor message: Message) {
    let nowhere = Endpoint(address: IPAddress(high: 0, low: 0), port: 0)
    self.init(
      message: message, time: Timestamp(nanoseconds: 0), frame: FrameReference(number: 0),
      flow: Flow(source: nowhere, destination: nowhere, transport: .udp))
  }
}

extension MessagePlacement {
  init(_ chunk: borrowing StreamChunk) {
    var others = chunk.otherCarriers
    if chunk.carrier != chunk.frame { others.append(chunk.carrier) }
    self.init(
      time: chunk.time, frame: chunk.frame, otherFrames: others, flow: chunk.flow, path: chunk.path,
      point: chunk.point, transmissionMark: chunk.transmissionMark)
  }
}
