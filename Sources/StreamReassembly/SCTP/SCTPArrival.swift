import CaptureFacts
import PacketLayers

/// One SCTP packet as it arrives: what all of its chunks share.
struct SCTPArrival {
  let source: Endpoint
  let destination: Endpoint
  let tag: UInt32
  let time: Timestamp
  let frame: FrameReference
  let path: LayerPath
  let point: CapturePointHandle
  /// How many bytes the snapshot length cut off.
  let missing: Int

  var pair: EndpointPair { EndpointPair(source, destination) }

  var flow: Flow { Flow(source: source, destination: destination, transport: .sctp) }
}
