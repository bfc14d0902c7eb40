import ByteReading
import DiameterMessages

/// What reports show of an exchange: never a key or credential.
enum ExchangeDetails {
  /// How many values of one AVP are kept.
  private static let keptValues = 16

  /// How much of a text for people is kept, in characters.
  private static let longestWords = 200

  typealias Detail = (key: String, value: DiameterExchange.DetailValue)

  static func details(ofRequest message: DiameterMessage) -> [Detail] {
    var details: [Detail] = []
    add("session_id", message.sessionID, of: message, to: &details)
    add("origin_host", message.originHost, of: message, to: &details)
    add("destination_host", message.destinationHost, of: message, to: &details)
    add("user_name", message.userName, of: message, to: &details)
    let identities = message.publicIdentities.map { message.text($0) }
    if !identities.isEmpty { details.append(("public_identities", .texts(identities))) }
    add("visited_network", message.visitedNetworkIdentifier, of: message, to: &details)
    add("server_name", message.serverName, of: message, to: &details)
    addName(
      "user_authorization_type", message.userAuthorizationType, DiameterAttributeCode.userAuthorizationType, &details)
    addName(
      "server_assignment_type", message.serverAssignmentType, DiameterAttributeCode.serverAssignmentType, &details)
    if let item = message.authenticationItems.first {
      add("requested_scheme", item.scheme, of: message, to: &details)
      // MAR carries RAND and AUTS only to resynchronise (TS 29.228 section 6.3.1).
      if !item.authorization.isEmpty { details.append(("resynchronisation", .text("requested"))) }
    }
    if let reason = message.deregistrationReason {
      addName("reason_code", reason.code, DiameterAttributeCode.reasonCode, &details)
      add("reason_info", reason.info, of: message, to: &details)
    }
    if message.header.applicationID == PolicyCommand.rxApplication {
      // In AAR it lists what the P-CSCF wants to be told of, in RAR what happened (TS 29.214 section 5.3.13).
      if message.header.commandCode == PolicyCommand.reAuthorisation {
        addPolicyValues("specific_actions", PolicyCommand.specificAction, of: message, &details)
      }
      addPolicyValues("abort_cause", PolicyCommand.abortCause, of: message, &details)
    }
    return details
  }

  static func details(ofAnswer message: DiameterMessage) -> [Detail] {
    var details: [Detail] = []
    add("answer_origin_host", message.originHost, of: message, to: &details)
    add("assigned_server_name", message.serverName, of: message, to: &details)
    let schemes = message.authenticationItems.filter { !$0.scheme.isEmpty }.map { message.text($0.scheme) }
    if !schemes.isEmpty { details.append(("authentication_schemes", .texts(schemes))) }
    if let capabilities = message.serverCapabilities {
      let names = capabilities.serverNames.map { message.text($0) }
      if !names.isEmpty { details.append(("capable_servers", .texts(names))) }
      let mandatory = capabilities.mandatory.map { String($0) }
      if !mandatory.isEmpty { details.append(("mandatory_capabilities", .texts(mandatory))) }
    }
    if let words = message.first(DiameterAttributeCode.errorMessage)?.data, !words.isEmpty {
      details.append(("error_message", .text(String(message.text(words).prefix(longestWords)))))
    }
    add(
      "error_reporting_host", message.first(DiameterAttributeCode.errorReportingHost)?.data ?? ByteRange(), of: message,
      to: &details)
    if let failed = message.first(DiameterAttributeCode.failedAVP) {
      let names = message.members(of: failed).map {
        DiameterDictionary.known.attribute($0.code, vendor: $0.vendor)?.name ?? "\($0.code)"
      }
      if !names.isEmpty { details.append(("failed_avp", .texts(names))) }
    }
    if !message.userData.isEmpty { details.append(("user_data_bytes", .number(UInt32(message.userData.count)))) }
    return details
  }

  private static func add(
    _ key: String, _ range: ByteRange, of message: DiameterMessage, to details: inout [Detail]
  ) {
    if !range.isEmpty { details.append((key, .text(message.text(range)))) }
  }

  private static func addPolicyValues(
    _ key: String, _ attribute: UInt32, of message: DiameterMessage, _ details: inout [Detail]
  ) {
    let vendor = DiameterVendor.threeGPP
    guard message.first(attribute, vendor: vendor) != nil else { return }
    var names: [String] = []
    for value in message.attributes where value.isAttribute(attribute, vendor: vendor) && names.count < keptValues {
      guard let number = message.unsigned32(value) else { continue }
      names.append(
        DiameterDictionary.known.enumerationName(number, of: attribute, vendor: vendor) ?? String(number))
    }
    if !names.isEmpty { details.append((key, .texts(names))) }
  }

  private static func addName(_ key: String, _ value: UInt32?, _ attribute: UInt32, _ details: inout [Detail]) {
    guard let value else { return }
    let name = DiameterDictionary.known.enumerationName(
      value, of: attribute, vendor: DiameterVendor.threeGPP)
    details.append((key, name.map { .text($0) } ?? .number(value)))
  }
}
