import ByteReading
import DiameterMessages
import SIPMessages
import SubscriberTimelines

/// What a line says of a message, whichever protocol it is of.
struct MessageLine {
  var protocolName = ""
  /// The interface that the application names.
  var interface = ""
  /// The method or command.
  var method = ""
  /// The status or result code.
  var status = ""
  /// Reason phrase, or the name of the result.
  var statusName = ""
  var cseq = ""
  var callID = ""
  var sessionID = ""
  var identities: [String] = []
  /// The status of a SIP response.
  var sipStatus: UInt16?
  /// The result of a Diameter answer.
  var result: DiameterExchange.Result?

  init(_ message: SIPMessage) {
    protocolName = "SIP"
    method = message.text(message.methodText)
    if !message.isRequest {
      sipStatus = message.status
      status = String(message.status)
      statusName = message.unfoldedText(message.reasonPhrase)
    }
    if message.first(.cseq) != nil { cseq = "\(message.cseqNumber) \(method)" }
    callID = message.unfoldedText(message.callID)
    identities = MessageIdentities.identities(of: message)
  }

  init(_ message: DiameterMessage, _ dictionary: DiameterDictionary) {
    let header = message.header
    protocolName = "Diameter"
    interface = dictionary.interfaceName(application: header.applicationID, command: header.commandCode)
    method = dictionary.commandAbbreviation(header.commandCode, isRequest: header.isRequest)
    result =
      message.resultCode.map { .base($0) }
      ?? message.experimentalResult.map { .experimental(vendor: $0.vendor, code: $0.code) }
    if let result {
      status = String(result.code)
      statusName = result.name ?? ""
    }
    sessionID = message.text(message.sessionID)
    identities = MessageIdentities.identities(of: message)
  }

  /// The method with what came of it: `401 Unauthorized`, `UAA Cx 2001 FIRST_REGISTRATION`.
  var summary: String {
    let words =
      sipStatus == nil ? [method, interface, status, result?.shortName ?? statusName] : [status, statusName]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
