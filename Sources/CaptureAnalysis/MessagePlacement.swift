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

  func observed<Message>(_ message: Message, _ origins: FrameOrigins) -> Observed<Message> {
    Observed(
      message: message, time: time, frame: frame, otherFrames: origins.complete(otherFrames, of: frame), flow: flow,
      path: path,
      point: point, transmissionMark: transmissionMark, correlationIdentifier: correlationIdentifier)
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
