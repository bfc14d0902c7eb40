import CaptureFacts

/// What tells streams apart: the two ends and the synchronization source (RFC 3550 section 3).
struct MediaFlowKey: Equatable {
  var source: Endpoint
  var destination: Endpoint
  var synchronizationSource: UInt32

  @inline(__always)
  init(_ source: Endpoint, _ destination: Endpoint, _ synchronizationSource: UInt32) {
    self.source = source
    self.destination = destination
    self.synchronizationSource = synchronizationSource
  }

  /// A hash under the two halves of a key that the capture cannot know.
  @inline(__always)
  func hash(_ first: UInt64, _ second: UInt64) -> UInt64 {
    if let flow = IPv4Flow(from: source, to: destination) {
      return MediaFlowKey.hash(flow, synchronizationSource, first, second)
    }
    let ends = UInt64(source.port) << 48 | UInt64(destination.port) << 32 | UInt64(synchronizationSource)
    let left = MediaFlowKey.fold(source.address.low ^ first, destination.address.low ^ second)
    let right = MediaFlowKey.fold(source.address.high ^ ends ^ second, destination.address.high ^ first)
    return MediaFlowKey.fold(left ^ first, right ^ ends)
  }

  /// The same of a key whose ends are of IPv4.
  @inline(__always)
  static func hash(
    _ flow: IPv4Flow, _ synchronizationSource: UInt32, _ first: UInt64, _ second: UInt64
  ) -> UInt64 {
    fold(flow.addresses ^ first, (UInt64(flow.ports) << 32 | UInt64(synchronizationSource)) ^ second)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  @inline(__always)
  static func == (left: MediaFlowKey, right: MediaFlowKey) -> Bool {
    left.source.address.low == right.source.address.low && left.destination.address.low == right.destination.address.low
      && left.source.port == right.source.port && left.destination.port == right.destination.port
      && left.synchronizationSource == right.synchronizationSource
      && left.source.address.high == right.source.address.high
      && left.destination.address.high == right.destination.address.high
  }
}
