import CaptureFacts

extension Stage {
  /// Opens the Diameter connections of the core with their capabilities exchange (RFC 6733 section 5.3).
  mutating func openPeers() {
    let agents = network.relayAgents
    if let locator = network.subscriptionLocator { connectPeer(agents.last ?? network.interrogating, to: locator) }
    for client in [network.interrogating, network.serving] {
      connectPeer(client, to: agents.first ?? network.homeServer)
    }
    for (agent, next) in zip(agents, agents.dropFirst() + [network.homeServer]) { connectPeer(agent, to: next) }
    wait(milliseconds: 50)
  }

  /// One capabilities exchange.
  mutating func connectPeer(_ client: Node, to server: Node, application: UInt32 = 16_777_216) {
    func pairs(of node: Node) -> [AttributeValuePair] {
      var address: [UInt8] = []
      address.append(bigEndian: UInt16(node.endpoint.address.isV4 ? 1 : 2))
      address.append(address: node.endpoint.address)
      return [
        .text(264, node.host), .text(296, network.domain), .bytes(257, address, vendor: 0),
        .number(266, AttributeValuePair.vendor3GPP), .text(269, "SampleTraffic", isMandatory: false),
        .number(265, AttributeValuePair.vendor3GPP),
        .group(260, [.number(266, AttributeValuePair.vendor3GPP), .number(258, application)]),
      ]
    }
    plainExchange(
      .capabilitiesExchange, from: client, to: server, pairs: pairs(of: client), answer: pairs(of: server))
  }

  /// One watchdog exchange (RFC 6733 section 5.5); `isAnswered` false where the peer is down.
  mutating func watchdog(_ client: Node, to server: Node, isAnswered: Bool = true) {
    func pairs(of node: Node) -> [AttributeValuePair] { [.text(264, node.host), .text(296, network.domain)] }
    plainExchange(
      .deviceWatchdog, from: client, to: server, pairs: pairs(of: client),
      answer: isAnswered ? pairs(of: server) : nil)
  }

  private mutating func plainExchange(
    _ command: DiameterCommand, from client: Node, to server: Node, pairs: [AttributeValuePair],
    answer: [AttributeValuePair]?
  ) {
    let outer = record
    record = nil
    defer { record = outer }
    let identifiers = nextIdentifiers(of: client)
    var message = DiameterText(
      command: command.assignment.code, application: 0, isRequest: true, isProxiable: false,
      hopByHop: identifiers.hopByHop, endToEnd: identifiers.endToEnd, pairs: pairs)
    let request = sendDiameter(message, command, from: client, to: server)
    var exchange = ExchangeTruth(interface: "Base", command: command, result: nil, requests: [request])
    wait(milliseconds: 4)
    if let answer {
      message.isRequest = false
      message.pairs = [DiameterResult.success.pair] + answer
      exchange.answers = [sendDiameter(message, command, from: server, to: client)]
      exchange.result = .success
    }
    truth.exchanges.append(exchange)
    think()
  }

  private mutating func nextIdentifiers(of node: Node) -> DiameterIdentifiers {
    var identifiers = diameterIdentifiers[node.name] ?? DiameterIdentifiers(using: &random)
    identifiers.hopByHop &+= 1
    identifiers.endToEnd &+= 1
    identifiers.session &+= 1
    diameterIdentifiers[node.name] = identifiers
    return identifiers
  }

  /// The client of the connection between two nodes is the one that is not the server or agent being asked: the HSS
  /// never opens a connection, and an agent only towards the HSS and the agents before it.
  private func isServer(_ node: Node, towards peer: Node) -> Bool {
    if node.roles.contains("HSS") || node.roles.contains("PCRF") || node.roles.contains("SLF") { return true }
    guard let place = network.relayAgents.firstIndex(where: { $0.name == node.name }) else { return false }
    let other = network.relayAgents.firstIndex { $0.name == peer.name }
    return other.map { $0 < place } ?? !isServer(peer, towards: node)
  }

  private mutating func sendDiameter(
    _ message: DiameterText, _ command: DiameterCommand, from: Node, to: Node
  ) -> Int {
    note(from)
    note(to)
    let fromServer = isServer(from, towards: to)
    let client = fromServer ? to : from
    let server = fromServer ? from : to
    let serverEnd = Endpoint(address: server.endpoint.address, port: 3868)
    let clientEnd = clientEnd(of: client.endpoint, to: serverEnd, transport: network.diameterTransport)
    let summary = message.isRequest ? command.rawValue : String(command.rawValue.dropLast()) + "A"
    return transmit(
      .diameter, summary: summary, bytes: message.bytes, from: fromServer ? serverEnd : clientEnd,
      to: fromServer ? clientEnd : serverEnd, transport: network.diameterTransport, isFromClient: !fromServer,
      isRetransmission: message.isRetransmission)
  }

  /// A new Session-Id of `node` (RFC 6733 section 8.8).
  mutating func newSession(of node: Node) -> String {
    let identifiers = nextIdentifiers(of: node)
    return "\(node.host);\(identifiers.sessionBase);\(identifiers.session)"
  }

  /// One request of an application with its answer; nil where the server stays silent. Goes through the agents where
  /// the network has some.
  mutating func exchange(
    _ command: DiameterCommand, from client: Node, to server: Node, pairs: [AttributeValuePair],
    answer: DiameterAnswer?, session: String? = nil
  ) {
    let isLocated = server.roles.contains("HSS") && client.roles.contains("I-CSCF")
    let locator = isLocated ? network.subscriptionLocator : nil
    let redirect = DiameterAnswer(.base(3006), [.text(292, "aaa://\(server.host):3868;transport=tcp")])
    if let locator, !network.agentFollowsLocator {
      // TS 29.228 section 6.1.1 and RFC 6733 section 6.12: the SLF names the HSS, the client asks again there.
      exchange(command, from: client, to: locator, pairs: pairs, answer: redirect)
      think()
    }
    let identifiers = nextIdentifiers(of: client)
    let session = session ?? "\(client.host);\(identifiers.sessionBase);\(identifiers.session)"
    let application = command.assignment.application
    let applicationPairs: [AttributeValuePair] =
      application == 16_777_236
      ? [.number(258, application)]
      : [
        .group(260, [.number(266, AttributeValuePair.vendor3GPP), .number(258, application)]), .number(277, 1),
      ]
    var request = DiameterText(
      command: command.assignment.code, application: application, isRequest: true,
      hopByHop: identifiers.hopByHop, endToEnd: identifiers.endToEnd,
      pairs: [
        .text(263, session), .text(264, client.host), .text(296, network.domain), .text(283, network.domain),
      ] + applicationPairs + pairs)
    let agents = network.relayedApplications.contains(application) ? network.relayAgents : []
    let nodes = [client] + agents + [server]
    var exchange = ExchangeTruth(
      interface: server.roles.contains("SLF") ? "Dx" : command.assignment.interface, command: command, result: nil,
      requests: [], record: record)
    func reply(_ answer: DiameterAnswer, by node: Node, to request: DiameterText) -> DiameterText {
      var reply = DiameterText(
        command: command.assignment.code, application: application, isRequest: false, hopByHop: request.hopByHop,
        endToEnd: identifiers.endToEnd,
        pairs: [.text(263, session), .text(264, node.host), .text(296, network.domain)] + applicationPairs
          + answer.pairs + [answer.result.pair])
      if case .base(let code) = answer.result, code / 1000 == 3 { reply.isError = true }
      return reply
    }
    var hopIdentifiers: [UInt32] = []
    // An agent that cannot deliver answers by itself: the request goes no further (RFC 6733 section 7.1.3).
    let reached =
      answer?.origin.flatMap { origin in nodes.firstIndex { $0.name == origin.name } }.map { $0 + 1 } ?? nodes.count
    for index in 1..<reached {
      if index > 1 {
        think()
        request.hopByHop = nextIdentifiers(of: nodes[index - 1]).hopByHop
        // RFC 6733 section 6.7.1: the peer that the request came from.
        request.pairs.append(.text(282, nodes[index - 2].host))
        if index == nodes.count - 1, network.agentFollowsLocator, let locator {
          exchange.requests.append(sendDiameter(request, command, from: nodes[index - 1], to: locator))
          wait(milliseconds: 3)
          exchange.answers.append(
            sendDiameter(reply(redirect, by: locator, to: request), command, from: locator, to: nodes[index - 1]))
          request.hopByHop = nextIdentifiers(of: nodes[index - 1]).hopByHop
        }
      }
      hopIdentifiers.append(request.hopByHop)
      exchange.requests.append(sendDiameter(request, command, from: nodes[index - 1], to: nodes[index]))
    }
    guard let answer else {
      truth.exchanges.append(exchange)
      return
    }
    wait(milliseconds: answer.delay)
    var reply = reply(answer, by: answer.origin ?? server, to: request)
    for index in stride(from: reached - 1, to: 0, by: -1) {
      if index < reached - 1 { think() }
      reply.hopByHop = hopIdentifiers[index - 1]
      exchange.answers.append(sendDiameter(reply, command, from: nodes[index], to: nodes[index - 1]))
    }
    exchange.result = answer.result
    truth.exchanges.append(exchange)
  }
}
