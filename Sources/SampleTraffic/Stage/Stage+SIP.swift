import CaptureFacts

extension Stage {
  /// What a proxy changes in a request before it sends it on, by the index of the node on the way; false stops the
  /// request there.
  typealias RequestRewrite = (inout Stage, Int, inout SIPText) -> Bool

  /// What a proxy changes in a response that passes.
  typealias ResponseRewrite = (inout Stage, Int, inout SIPText) -> Void

  /// A new branch of a Via (RFC 3261 section 8.1.1.7).
  mutating func newBranch() -> String {
    "z9hG4bK" + random.hexadecimal(24)
  }

  /// Sends a request over one hop, with the Via of the sender put on top unless it is there (`branch` is the one of
  /// an earlier request that this one repeats or cancels).
  mutating func send(_ request: SIPText, from: Node, to: Node, branch: String? = nil) -> SIPHop {
    note(from)
    note(to)
    let isEdge = from.roles.contains("UE") || to.roles.contains("UE")
    let transport: TransportProtocol =
      isEdge
      ? edgeTransport(from, to)
      : network.sipTransport == .connections
        || (network.sipTransport == .bySize && request.bytes.count + 90 > 1300) ? .tcp : .udp
    var sent = request
    let rport = from.roles.contains("UE") ? ";rport" : ""
    sent.push(
      "Via",
      "SIP/2.0/\(transport.name) \(from.addressText):\(from.endpoint.port);branch=\(branch ?? newBranch())\(rport)")
    let source =
      transport == .udp ? from.endpoint : clientEnd(of: from.endpoint, to: to.endpoint, transport: transport)
    transmit(
      .sip, summary: sent.startLine, bytes: sent.bytes, from: source,
      to: SIPHop.destination(at: to, over: transport), transport: transport)
    var received = sent
    if !rport.isEmpty {
      let top = sent["Via"] ?? ""
      received.set("Via", "\(top)=\(source.port);received=\(from.addressText)")
    }
    return SIPHop(
      from: from, to: to, transport: transport, source: source, sent: sent, received: received)
  }

  private func edgeTransport(_ from: Node, _ to: Node) -> TransportProtocol {
    let equipment = from.roles.contains("UE") ? from : to
    return equipment.edgeTransport
  }

  /// Sends a request from the first of `nodes` through the others, as far as `rewrite` lets it go.
  mutating func relay(
    _ request: SIPText, along nodes: [Node], trying: Bool = true, rewrite: RequestRewrite = { _, _, _ in true }
  ) -> SIPJourney {
    var journey = SIPJourney(nodes: nodes)
    var text = request
    for index in 0..<nodes.count - 1 {
      if index > 0 {
        if trying, network.sendsTrying, text.method == "INVITE" || text.method == "REGISTER" {
          clock += 250_000
          answerHop(journey.hops[index - 1], status: 100, phrase: "Trying")
        }
        if let forwards = text["Max-Forwards"].flatMap({ Int($0) }) {
          text.set("Max-Forwards", "\(forwards - 1)")
        }
        guard rewrite(&self, index, &text) else { return journey }
      }
      think()
      let hop = send(text, from: nodes[index], to: nodes[index + 1])
      journey.hops.append(hop)
      text = hop.received
    }
    return journey
  }

  /// The response to a request as a node received it.
  func response(
    to request: SIPText, status: Int, phrase: String, toTag: String?, fields: [(String, String)] = [],
    body: String = ""
  ) -> SIPText {
    var text = SIPText(startLine: "SIP/2.0 \(status) \(phrase)")
    for via in request.values("Via") { text.fields.append(("Via", via)) }
    let makesDialog = ["INVITE", "SUBSCRIBE", "REFER"].contains(request.method)
    if makesDialog, status > 100, status < 300 {
      for route in request.values("Record-Route") { text.fields.append(("Record-Route", route)) }
    }
    text.fields.append(("From", request["From"] ?? ""))
    let to = request["To"] ?? ""
    text.fields.append(("To", toTag.map { to.contains(";tag=") ? to : "\(to);tag=\($0)" } ?? to))
    text.fields.append(("Call-ID", request["Call-ID"] ?? ""))
    text.fields.append(("CSeq", request["CSeq"] ?? ""))
    for field in fields { text.fields.append((field.0, field.1)) }
    text.body = body
    return text
  }

  /// Sends a response over one hop, back to where the request came from.
  mutating func sendBack(_ response: SIPText, over hop: SIPHop) {
    transmit(
      .sip, summary: response.startLine, bytes: response.bytes, from: hop.destination, to: hop.source,
      transport: hop.transport, isFromClient: false)
  }

  /// Answers a request on its last hop only.
  mutating func answerHop(_ hop: SIPHop, status: Int, phrase: String) {
    sendBack(response(to: hop.received, status: status, phrase: phrase, toTag: nil), over: hop)
  }

  /// Sends a response back along the way of the request, from the end of hop `start` (default: the last) to the node
  /// `end` of the way (default: the first); final failures of INVITE are acknowledged hop by hop.
  mutating func respond(
    to journey: SIPJourney, status: Int, phrase: String, toTag: String?, fields: [(String, String)] = [],
    body: String = "", from start: Int? = nil, until end: Int = 0, rewrite: ResponseRewrite = { _, _, _ in }
  ) {
    let start = start ?? journey.hops.count - 1
    guard journey.hops.indices.contains(start) else { return }
    var text = response(
      to: journey.hops[start].received, status: status, phrase: phrase, toTag: toTag, fields: fields, body: body)
    for index in stride(from: start, through: end, by: -1) {
      let hop = journey.hops[index]
      think()
      sendBack(text, over: hop)
      if status >= 300, hop.sent.method == "INVITE" {
        clock += 200_000
        sendHopByHop("ACK", after: hop, to: text["To"] ?? "")
      }
      text.pop("Via")
      rewrite(&self, index, &text)
    }
  }

  /// Sends an ACK for a failure, or a CANCEL, over the same hop and with the same branch as the INVITE (RFC 3261
  /// sections 17.1.1.3 and 9.1).
  @discardableResult
  mutating func sendHopByHop(_ method: String, after hop: SIPHop, to: String, reason: String? = nil) -> SIPHop {
    let invite = hop.sent
    let number = (invite["CSeq"] ?? "1").prefix { $0 != " " }
    var request = SIPText(
      startLine: "\(method) \(invite.requestURI) SIP/2.0",
      fields: [
        ("Via", invite["Via"] ?? ""), ("Max-Forwards", "70"), ("From", invite["From"] ?? ""), ("To", to),
        ("Call-ID", invite["Call-ID"] ?? ""), ("CSeq", "\(number) \(method)"),
      ])
    for route in invite.values("Route") { request.fields.append(("Route", route)) }
    if let reason { request.fields.append(("Reason", reason)) }
    transmit(
      .sip, summary: request.startLine, bytes: request.bytes, from: hop.source, to: hop.destination,
      transport: hop.transport)
    var cancelled = hop
    cancelled.sent = request
    cancelled.received = request
    cancelled.received.set("Via", hop.received["Via"] ?? "")
    return cancelled
  }

  /// Sends the same request again over the same hop after each of the `intervals`, in milliseconds (timer A or E of
  /// RFC 3261 section 17.1).
  mutating func retransmit(_ hop: SIPHop, after intervals: [Int]) {
    for interval in intervals {
      wait(milliseconds: interval)
      transmit(
        .sip, summary: hop.sent.startLine, bytes: hop.sent.bytes, from: hop.source, to: hop.destination,
        transport: hop.transport, isRetransmission: true)
    }
  }
}
