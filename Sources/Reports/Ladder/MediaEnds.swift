import CaptureFacts
import MediaStreams
import SubscriberTimelines

/// Finds the ends of media among the nodes of a record's messages: media have ports of their own, so the address tells.
struct MediaEnds {
  private var candidates: [IPAddress: [String]] = [:]
  private let nodes: NodeDirectory

  /// Knows the nodes of `events`.
  init(_ events: [TimelineEvent], nodes: NodeDirectory) {
    self.nodes = nodes
    var seen: Set<String> = []
    for event in events {
      for handle in [event.from, event.to] {
        let id = nodes.id(of: handle)
        guard seen.insert(id).inserted else { continue }
        for address in Set(nodes.addresses(of: handle).map(\.address)) { candidates[address, default: []].append(id) }
      }
    }
  }

  /// The ids of the sender and the receiver; where no node of the messages has the address, the address is its id.
  func ends(of stream: MediaStream, _ observed: ObservedMediaStream) -> (from: String, to: String) {
    // Who sent a description receives what it asked for.
    (id(at: observed.source, or: stream.leg?.to), id(at: observed.destination, or: stream.leg?.from))
  }

  private func id(at endpoint: Endpoint, or likely: NodeHandle?) -> String {
    guard let found = candidates[endpoint.address], let first = found.first else { return endpoint.address.description }
    let likely = likely.map(nodes.id)
    return found.first { $0 == likely } ?? first
  }
}
