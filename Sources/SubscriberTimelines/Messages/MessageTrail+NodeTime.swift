import CaptureFacts

extension MessageTrail {
  /// What each node took of the time of a registration, in the order in which they come in. A node that was sent REGISTER
  /// and answered it had it in between; what it asked others in that time is theirs.
  func timeSpent(_ exchanges: [ExchangeState], _ nodes: NodeDirectory) -> [NodeTime] {
    var registers = transactions.filter { $0.method == .register && $0.requestTime != nil && $0.finalTime != nil }
    registers.sort { ($0.requestTime ?? start) < ($1.requestTime ?? start) }
    var spent: [NodeTime] = []
    func add(_ handle: NodeHandle, own: Int64, diameter: Int64) {
      let node = nodes.root(handle)
      if let place = spent.firstIndex(where: { $0.node == node }) {
        spent[place].own += own
        spent[place].diameter += diameter
      } else {
        spent.append(NodeTime(node: node, own: own, diameter: diameter))
      }
    }
    let nearest = registers.map(\.viaCount).min() ?? 0
    var previous: HopTransaction?
    // One after another in the same places: registrations are many, and have many hops.
    var asked: [ClosedRange<Timestamp>] = []
    var onward: [ClosedRange<Timestamp>] = []
    for register in registers {
      guard let from = register.requestTime, let to = register.finalTime, from <= to else { continue }
      if register.viaCount == nearest {
        if let before = previous?.finalTime, previous?.from == register.from, before <= from {
          add(register.from, own: from.nanoseconds(since: before), diameter: 0)
        }
        previous = register
      }
      let node = nodes.root(register.to)
      asked.removeAll(keepingCapacity: true)
      onward.removeAll(keepingCapacity: true)
      for place in exchanges.indices where nodes.root(exchanges[place].from) == node {
        if let span = exchanges[place].span(within: from...to) { asked.append(span) }
      }
      for other in registers where other.viaCount > register.viaCount && nodes.root(other.from) == node {
        if let span = other.span(within: from...to) { onward.append(span) }
      }
      let diameter = MessageTrail.length(of: &asked)
      onward += asked
      add(node, own: to.nanoseconds(since: from) - MessageTrail.length(of: &onward), diameter: diameter)
    }
    return spent
  }

  /// The time that spans cover, each moment once.
  private static func length(of spans: inout [ClosedRange<Timestamp>]) -> Int64 {
    if spans.count > 1 { spans.sort { $0.lowerBound < $1.lowerBound } }
    var length: Int64 = 0
    var covered: Timestamp?
    for span in spans {
      let start = covered.map { max($0, span.lowerBound) } ?? span.lowerBound
      if span.upperBound > start { length += span.upperBound.nanoseconds(since: start) }
      covered = covered.map { max($0, span.upperBound) } ?? span.upperBound
    }
    return length
  }
}

extension HopTransaction {
  /// From request to final response, as far as it lies within `bounds`.
  fileprivate func span(within bounds: ClosedRange<Timestamp>) -> ClosedRange<Timestamp>? {
    guard let requestTime, let finalTime else { return nil }
    return bounds.part(from: requestTime, to: finalTime)
  }
}

extension ExchangeState {
  /// From request to answer, as far as it lies within `bounds`.
  fileprivate func span(within bounds: ClosedRange<Timestamp>) -> ClosedRange<Timestamp>? {
    guard let request, let answer else { return nil }
    return bounds.part(from: request.time, to: answer.time)
  }
}

extension ClosedRange<Timestamp> {
  fileprivate func part(from start: Timestamp, to end: Timestamp) -> ClosedRange<Timestamp>? {
    guard start <= end, start <= upperBound, end >= lowerBound else { return nil }
    return Swift.max(start, lowerBound)...Swift.min(end, upperBound)
  }
}
