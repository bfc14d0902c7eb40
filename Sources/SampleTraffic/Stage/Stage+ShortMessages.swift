extension Stage {
  private static let centre = "15559990000"

  /// SMS over IP (TS 24.341): submit to the IP-SM-GW, delivery to the recipient, status report to the sender; each
  /// RP message is a MESSAGE of its own.
  mutating func shortMessage(_ plan: ShortMessagePlan) {
    let from = plan.sender.implicitIdentities[0]
    let to = plan.recipient.implicitIdentities[0]
    var taken: Int64 = 0
    var submitted: Int64 = 0
    let isReportApart = plan.reportDelay.map { $0 > 45_000 } ?? false
    let submission = service(
      .shortMessageSubmit, from: from, to: to, status: 202, isSuccessful: plan.error == nil,
      cause: plan.error == nil ? nil : .deliveryFailed
    ) { stage in
      var calls = [
        stage.relayMessage(
          from: plan.sender,
          ShortMessage.submit(
            reference: plan.reference, centre: Stage.centre, destination: plan.recipient.telephone, text: plan.text))
      ]
      taken = stage.clock / 1_000_000_000
      stage.wait(milliseconds: 30)
      let answer =
        plan.error.map { ShortMessage.error(reference: plan.reference, cause: $0) }
        ?? (plan.namesTime
          ? ShortMessage.submitReport(reference: plan.reference, taken: taken)
          : ShortMessage.acknowledgement(reference: plan.reference, isFromMobile: false))
      calls.append(stage.relayMessage(to: plan.sender, answer))
      submitted = stage.clock
      guard plan.error == nil, !isReportApart, let delay = plan.reportDelay else { return calls }
      stage.clock = submitted + Int64(delay) * 1_000_000
      return calls + stage.reportDelivery(plan, taken: taken)
    }
    guard plan.error == nil else { return }
    let after = clock
    clock = submitted + Int64(plan.delay) * 1_000_000
    service(.shortMessageDeliver, from: from, to: to, related: [submission]) { stage in
      var calls = [
        stage.relayMessage(
          to: plan.recipient,
          ShortMessage.deliver(
            reference: plan.deliveryReference, centre: Stage.centre, originator: plan.sender.telephone,
            text: plan.text, taken: taken))
      ]
      stage.wait(milliseconds: 20)
      calls.append(
        stage.relayMessage(
          from: plan.recipient, ShortMessage.acknowledgement(reference: plan.deliveryReference, isFromMobile: true)))
      return calls
    }
    clock = max(clock, after)
    guard isReportApart, let delay = plan.reportDelay else { return }
    clock = submitted + Int64(delay) * 1_000_000
    service(.shortMessageReport, from: from, to: from, related: [submission]) { $0.reportDelivery(plan, taken: taken) }
  }

  /// SMS-STATUS-REPORT to the sender, and its confirmation.
  private mutating func reportDelivery(_ plan: ShortMessagePlan, taken: Int64) -> [String] {
    let report = relayMessage(
      to: plan.sender,
      ShortMessage.statusReport(
        reference: plan.reference, centre: Stage.centre, recipient: plan.recipient.telephone, taken: taken))
    wait(milliseconds: 10)
    let confirmation = relayMessage(
      from: plan.sender, ShortMessage.acknowledgement(reference: plan.reference &+ 1, isFromMobile: true))
    return [report, confirmation]
  }

  private var gateway: String { "sip:\(network.applicationServer.host):\(network.applicationServer.endpoint.port)" }

  private mutating func relayMessage(to user: Subscriber, _ bytes: [UInt8]) -> String {
    standalone(
      "MESSAGE", from: gateway, to: user.implicitIdentities[0], uri: user.contact, along: terminatingWay(user),
      content: Content(type: "application/vnd.3gpp.sms", bytes: bytes))
  }

  private mutating func relayMessage(from user: Subscriber, _ bytes: [UInt8]) -> String {
    standalone(
      "MESSAGE", from: user.implicitIdentities[0], to: "tel:+\(Stage.centre)", uri: gateway,
      along: originatingWay(user), content: Content(type: "application/vnd.3gpp.sms", bytes: bytes), status: 202,
      phrase: "Accepted")
  }
}
