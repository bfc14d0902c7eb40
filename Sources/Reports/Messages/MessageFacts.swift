import CaptureFacts
import SubscriberTimelines

/// What a display filter can ask of one message: of itself, of its two ends, and of the record it belongs to.
struct MessageFacts: DisplayFilterSubject {
  let line: MessageLine
  let flow: Flow
  let time: Timestamp
  let sighting: MessageSighting
  let nodes: NodeDirectory
  /// The tests that the record of the message answered with yes.
  let answers: Set<DisplayFilterCondition.Leaf>

  func holds(_ word: DisplayFilterWord) -> Bool {
    answers.contains(DisplayFilterCondition.Leaf(word: word, comparison: nil, value: nil))
  }

  func any(
    _ word: DisplayFilterWord, _ comparison: DisplayFilterCondition.Comparison, _ value: DisplayFilterCondition.Value
  ) -> Bool {
    if word.scope == .record,
      answers.contains(DisplayFilterCondition.Leaf(word: word, comparison: comparison, value: value))
    {
      return true
    }
    switch (word, value) {
    case (.subscriber, .text(let wanted)):
      return line.identities.contains {
        comparison == .equal ? Identity.matches(wanted, $0) : comparison.holds(text: $0, wanted)
      }
    case (.ip, .network(let network, let bits)):
      return ends.contains { $0.address.isEqual(to: network, inFirst: bits) }
    case (.ip, .text(let wanted)): return ends.contains { comparison.holds(text: $0.address.description, wanted) }
    case (.port, .number(let wanted)): return ends.contains { comparison.holds(UInt64($0.port), wanted) }
    case (.status, .number(let wanted)): return line.sipStatus.map { comparison.holds(UInt64($0), wanted) } ?? false
    case (.result, .number(let wanted)):
      return line.result.map { comparison.holds(UInt64($0.code), wanted) } ?? false
    case (.result, .text(let wanted)):
      return [line.result?.name, line.result?.shortName].compactMap(\.self)
        .contains { comparison.holds(text: $0, wanted) }
    case (.time, .time(let wanted)): return comparison.holds(time, wanted)
    case (_, .text(let wanted)): return texts(word).contains { comparison.holds(text: $0, wanted) }
    default: return false
    }
  }

  private var ends: [Endpoint] { [flow.source, flow.destination] }

  private func texts(_ word: DisplayFilterWord) -> [String] {
    let handles = [sighting.from, sighting.to]
    switch word {
    case .callID: return [line.callID]
    case .method: return [line.method]
    case .networkProtocol: return [line.protocolName, flow.transport.name]
    case .node: return handles.flatMap { [nodes.id(of: $0)] + nodes.hostNames(of: $0) }
    case .role: return handles.flatMap { nodes.roles(of: $0) }.map(\.name)
    case .interface:
      return line.interface.isEmpty
        ? [nodes.referencePoint(between: sighting.from, and: sighting.to)].compactMap(\.self) : [line.interface]
    default: return []
    }
  }
}
