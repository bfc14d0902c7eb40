/// The condition of filter criteria: groups of service point triggers, in conjunctive or disjunctive normal form (TS
/// 29.228 annexes B.2.3 and C).
public struct TriggerPoint: Hashable, Sendable {
  /// Whether it is a conjunction of disjunctions, `(a or b) and (c or d)`; else a disjunction of conjunctions.
  public var isConjunctive: Bool
  /// The triggers by group, groups in order of their numbers. A trigger may be in several.
  public var groups: [[ServicePointTrigger]]

  init(_ element: XMLElement) {
    isConjunctive = XMLElement.isTrue(element.text(of: "ConditionTypeCNF"))
    var members: [Int64: [ServicePointTrigger]] = [:]
    for item in element.children("SPT") {
      let trigger = ServicePointTrigger(item)
      // A trigger without a group is alone in its own, behind the others.
      let numbers = item.children("Group").compactMap { Int64($0.text) }
      for number in numbers.isEmpty ? [.max] : numbers { members[number, default: []].append(trigger) }
    }
    groups = members.keys.sorted().compactMap { members[$0] }
  }
}

extension TriggerPoint: CustomStringConvertible {
  /// The condition as a person reads it, such as `Method = INVITE and (SessionCase = originating or ...)`.
  public var description: String {
    guard !groups.isEmpty else { return isConjunctive ? "always" : "never" }
    let (inner, outer) = isConjunctive ? (" or ", " and ") : (" and ", " or ")
    let texts = groups.map { group in
      let text = group.map(\.description).joined(separator: inner)
      return group.count > 1 && groups.count > 1 ? "(\(text))" : text
    }
    return texts.joined(separator: outer)
  }
}
