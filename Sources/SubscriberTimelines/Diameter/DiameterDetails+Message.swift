import ByteReading
import DiameterMessages

/// What reports show of a message of an exchange: never a key or credential.
extension DiameterDetails {
  /// How many values of one AVP are kept.
  private static let keptValues = 16

  /// How much of a text for people is kept, in characters.
  private static let longestWords = 200

  /// Takes a request with these public identities.
  mutating func take(request message: DiameterMessage, _ publicIdentities: [ByteRange]) {
    add(.sessionID, message.sessionID, of: message)
    add(.originHost, message.originHost, of: message)
    add(.destinationHost, message.destinationHost, of: message)
    add(.userName, message.userName, of: message)
    for identity in publicIdentities { add(.publicIdentities, identity, of: message, as: .element) }
    add(.visitedNetwork, message.visitedNetworkIdentifier, of: message)
    add(.serverName, message.serverName, of: message)
    add(.userAuthorizationType, message.userAuthorizationType, DiameterAttributeCode.userAuthorizationType)
    add(.serverAssignmentType, message.serverAssignmentType, DiameterAttributeCode.serverAssignmentType)
    if let item = message.authenticationItems.first {
      add(.requestedScheme, item.scheme, of: message)
      // MAR carries RAND and AUTS only to resynchronise (TS 29.228 section 6.3.1).
      if !item.authorization.isEmpty { add(.resynchronisation, "requested") }
    }
    if let reason = message.deregistrationReason {
      add(.reasonCode, reason.code, DiameterAttributeCode.reasonCode)
      add(.reasonInfo, reason.info, of: message)
    }
    if message.header.applicationID == PolicyCommand.rxApplication {
      // In AAR it lists what the P-CSCF wants to be told of, in RAR what happened (TS 29.214 section 5.3.13).
      if message.header.commandCode == PolicyCommand.reAuthorisation {
        addPolicyValues(.specificActions, PolicyCommand.specificAction, of: message)
      }
      addPolicyValues(.abortCause, PolicyCommand.abortCause, of: message)
    }
  }

  /// Takes an answer with these authentication items.
  mutating func take(answer message: DiameterMessage, _ items: [DiameterAuthenticationItem]) {
    add(.answerOriginHost, message.originHost, of: message)
    add(.assignedServerName, message.serverName, of: message)
    for item in items where !item.scheme.isEmpty {
      add(.authenticationSchemes, item.scheme, of: message, as: .element)
    }
    if let capabilities = message.serverCapabilities {
      for name in capabilities.serverNames { add(.capableServers, name, of: message, as: .element) }
      for number in capabilities.mandatory { add(.mandatoryCapabilities, String(number), as: .element) }
    }
    if let words = message.first(DiameterAttributeCode.errorMessage)?.data, !words.isEmpty {
      add(.errorMessage, String(message.text(words).prefix(DiameterDetails.longestWords)))
    }
    if let host = message.first(DiameterAttributeCode.errorReportingHost)?.data {
      add(.errorReportingHost, host, of: message)
    }
    if let failed = message.first(DiameterAttributeCode.failedAVP) {
      for member in message.members(of: failed) {
        let name = DiameterDictionary.known.attribute(member.code, vendor: member.vendor)?.name
        add(.failedAVP, name ?? "\(member.code)", as: .element)
      }
    }
    if !message.userData.isEmpty { add(.userDataBytes, number: UInt32(message.userData.count)) }
  }

  private mutating func add(_ key: Key, _ range: ByteRange, of message: DiameterMessage, as kind: Kind = .text) {
    add(key, message.span, in: range.end <= message.bytes.count ? range.range : 0..<0, as: kind)
  }

  private mutating func addPolicyValues(_ key: Key, _ attribute: UInt32, of message: DiameterMessage) {
    let vendor = DiameterVendor.threeGPP
    guard message.first(attribute, vendor: vendor) != nil else { return }
    var count = 0
    for value in message.attributes
    where value.isAttribute(attribute, vendor: vendor) && count < DiameterDetails.keptValues {
      guard let number = message.unsigned32(value) else { continue }
      let name = DiameterDictionary.known.enumerationName(number, of: attribute, vendor: vendor)
      add(key, name ?? String(number), as: .element)
      count += 1
    }
  }

  private mutating func add(_ key: Key, _ value: UInt32?, _ attribute: UInt32) {
    guard let value else { return }
    if let name = DiameterDictionary.known.enumerationName(value, of: attribute, vendor: DiameterVendor.threeGPP) {
      add(key, name)
    } else {
      add(key, number: value)
    }
  }
}
