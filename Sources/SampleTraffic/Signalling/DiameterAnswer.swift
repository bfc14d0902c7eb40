/// How a Diameter server answers.
struct DiameterAnswer {
  var result: DiameterResult
  var pairs: [AttributeValuePair] = []
  /// Milliseconds from the request to the answer.
  var delay = 12
  /// Where the answer is not from the server that was asked: the Origin-Host of the agent.
  var origin: Node?

  init(_ result: DiameterResult, _ pairs: [AttributeValuePair] = [], delay: Int = 12, origin: Node? = nil) {
    self.result = result
    self.pairs = pairs
    self.delay = delay
    self.origin = origin
  }
}
