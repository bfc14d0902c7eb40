/// A SIP request on its way through proxies: the hops it has taken.
struct SIPJourney {
  var nodes: [Node]
  var hops: [SIPHop] = []

  /// The request as the last node reached has it.
  var arrived: SIPText { hops.last?.received ?? SIPText(startLine: "") }
}
