/// How one short message goes: the defaults are one that is delivered at once, with a status report.
struct ShortMessagePlan {
  var sender: Subscriber
  var recipient: Subscriber
  var text = "Hello there"
  /// RP-Message-Reference and TP-Message-Reference of the submission.
  var reference: UInt8 = 7
  /// RP-Message-Reference of the delivery.
  var deliveryReference: UInt8 = 33
  /// The RP cause with which the centre refuses.
  var error: UInt8?
  /// Whether the centre says when it took the message, in SMS-SUBMIT-REPORT.
  var namesTime = false
  /// Milliseconds from the confirmation of the submission to the delivery.
  var delay = 100
  /// Milliseconds from the confirmation of the submission to the status report; one that comes after more than TR1M (45 s)
  /// is a record of its own.
  var reportDelay: Int? = 400

  init(_ sender: Subscriber, _ recipient: Subscriber) {
    self.sender = sender
    self.recipient = recipient
  }
}
