import ServiceDocuments

/// Decides whether filter criteria apply to a request (TS 29.228 annexes B.2.3 and C, TS 23.218 section 5.2.1). What rests on
/// something that is not known is undecided: nil.
struct FilterEvaluator {
  /// How many expressions are kept compiled; those of all profiles of a network are some tens.
  static let keptExpressions = 256

  private var expressions: [String: RegularExpression?] = [:]

  /// Whether the criteria apply.
  mutating func applies(_ criteria: InitialFilterCriteria, to subject: FilterSubject) -> Bool? {
    switch criteria.profilePart {
    case .registered where subject.isOfUnregisteredUser, .unregistered where !subject.isOfUnregisteredUser: return false
    default: break
    }
    guard let trigger = criteria.trigger else { return true }
    // TS 29.228 annex C: of a conjunction all groups must hold, and of each group one trigger; of a disjunction the other
    // way round. No group at all: the empty conjunction holds, the empty disjunction does not.
    return FilterEvaluator.combined(trigger.groups, all: trigger.isConjunctive) { group in
      FilterEvaluator.combined(group, all: !trigger.isConjunctive) { holds($0, for: subject) }
    }
  }

  /// Whether all, or any, of the elements hold; nil where that hangs on one that is undecided.
  private static func combined<Element>(_ elements: [Element], all: Bool, _ holds: (Element) -> Bool?) -> Bool? {
    var isUndecided = false
    for element in elements {
      switch holds(element) {
      case nil: isUndecided = true
      case all: continue
      default: return !all
      }
    }
    return isUndecided ? nil : all
  }

  private mutating func holds(_ trigger: ServicePointTrigger, for subject: FilterSubject) -> Bool? {
    let isMet: Bool?
    switch trigger.condition {
    case .requestURI(let pattern):
      isMet = subject.requestURI.flatMap { matches(pattern, $0) }
    case .method(let method):
      let isMethod = method == subject.method
      guard isMethod, !trigger.registrationTypes.isEmpty else {
        isMet = isMethod
        break
      }
      isMet = subject.registrationType.map { trigger.registrationTypes.contains($0) }
    case .header(let name, let pattern):
      isMet = subject.values(ofHeader: name).flatMap { any($0, match: pattern) }
    case .sessionCase(let sessionCase):
      isMet = sessionCase == subject.sessionCase
    case .sessionDescription(let line, let pattern):
      isMet = subject.lines(ofType: line).flatMap { any($0, match: pattern) }
    case .unknown:
      isMet = nil
    }
    return isMet.map { $0 != trigger.isNegated }
  }

  /// Whether one of the values matches; without a pattern, whether there is one.
  private mutating func any(_ values: [String], match pattern: String?) -> Bool? {
    guard let pattern, !pattern.isEmpty else { return !values.isEmpty }
    var isUndecided = false
    for value in values {
      switch matches(pattern, value) {
      case nil: isUndecided = true
      case true?: return true
      case false?: continue
      }
    }
    return isUndecided ? nil : false
  }

  private mutating func matches(_ pattern: String, _ text: String) -> Bool? {
    if expressions[pattern] == nil {
      if expressions.count >= FilterEvaluator.keptExpressions { expressions.removeAll() }
      expressions[pattern] = .some(RegularExpression(pattern))
    }
    return (expressions[pattern] ?? nil)?.matches(text)
  }
}
