import ServiceDocuments

/// What the messages of the relay layer tell of a short message, as far as they were seen.
struct ShortMessageFacts {
  var summary = ShortMessageSummary()
  /// Whether data was seen whose confirmation was not.
  var awaitsConfirmation = false
  /// Where the ledger of short messages has it.
  var serial: Int?

  /// Takes one message of the relay layer.
  mutating func take(_ transfer: ShortMessageTransfer) {
    switch transfer.kind {
    case .data:
      awaitsConfirmation = true
      takeData(transfer)
    case .acknowledgement:
      awaitsConfirmation = false
      // That of a status report says nothing of the message itself.
      if summary.relayOutcome == nil { summary.relayOutcome = .acknowledged }
    case .error:
      awaitsConfirmation = false
      guard summary.relayOutcome == nil else { return }
      summary.relayOutcome = .refused
      summary.relayCause = transfer.cause
      summary.failureCause = transfer.message?.failureCause
    case .memoryAvailable, nil:
      break
    }
  }

  private mutating func takeData(_ transfer: ShortMessageTransfer) {
    guard let message = transfer.message else { return }
    if message.kind == .statusReport {
      summary.status = message.status
      summary.kind = summary.kind ?? .statusReport
    }
    guard summary.relayReference == nil else { return }
    summary.relayReference = transfer.reference
    summary.serviceCentre = (transfer.isToMobile ? transfer.originator : transfer.destination)?.text
    summary.reference = message.reference
    summary.concatenation = message.content?.concatenation
    switch message.kind {
    case .submit: summary.kind = .submit
    case .deliver: summary.kind = .deliver
    case .command: summary.kind = .command
    default: break
    }
    if message.kind == .deliver {
      summary.originator = message.address?.text
    } else {
      summary.destination = message.address?.text
    }
  }
}
