import ByteReading
import DiameterMessages
import ServiceDocuments

extension JSONWriter {
  /// What a line says of a Diameter message.
  mutating func members(ofSummary message: DiameterMessage, _ dictionary: DiameterDictionary) {
    let header = message.header
    member("protocol", "Diameter")
    member("interface", dictionary.interfaceName(application: header.applicationID, command: header.commandCode))
    member("command", dictionary.commandAbbreviation(header.commandCode, isRequest: header.isRequest))
    member("command_code", header.commandCode)
    member("application_id", header.applicationID)
    member("request", header.isRequest)
    member("flags", header.flags.names)
    member("hop_by_hop", header.hopByHop)
    member("end_to_end", header.endToEnd)
    memberIfAny("session_id", message.sessionID, of: message)
    memberIfAny("origin_host", message.originHost, of: message)
    memberIfAny("origin_realm", message.originRealm, of: message)
    memberIfAny("destination_host", message.destinationHost, of: message)
    memberIfAny("destination_realm", message.destinationRealm, of: message)
    if let code = message.resultCode {
      member("result_code", code)
      member("result_name", dictionary.resultName(code))
    } else if let result = message.experimentalResult {
      member("experimental_result_code", result.code)
      member("vendor_id", result.vendor)
      member("result_name", dictionary.experimentalResultName(vendor: result.vendor, code: result.code))
    }
    memberIfAny("user_name", message.userName, of: message)
    memberIfAny("public_identities", message.publicIdentities.map { message.text($0) })
    memberIfAny("identities", MessageIdentities.identities(of: message))
  }

  private mutating func memberIfAny(_ key: StaticString, _ range: ByteRange, of message: DiameterMessage) {
    if !range.isEmpty { member(key, message.text(range)) }
  }

  /// Every AVP by name, groups with their members.
  mutating func members(
    ofAttributes message: DiameterMessage, _ renderer: DiameterAttributeRenderer, withDocuments: Bool
  ) {
    member("command_name", renderer.dictionary.commandName(message.header.commandCode, isRequest: message.isRequest))
    member("application_name", renderer.dictionary.application(message.header.applicationID)?.name)
    member("length", message.header.length)
    member("avps", each: renderer.rendered(message)) {
      $0.value($1, renderer.dictionary, of: withDocuments ? message : nil)
    }
    member("failure", message.failure?.description)
  }

  /// Writes an AVP, with the document that it carries, if `message` is given.
  private mutating func value(
    _ attribute: RenderedDiameterAttribute, _ dictionary: DiameterDictionary, of message: DiameterMessage?
  ) {
    beginObject()
    member("code", attribute.attribute.code)
    if attribute.attribute.flags.contains(.vendorSpecific) {
      member("vendor_id", attribute.attribute.vendor)
      member("vendor", dictionary.vendorName(attribute.attribute.vendor))
    }
    member("name", attribute.name)
    member("flags", attribute.attribute.flags.names)
    switch attribute.content {
    case .number(let number, let name):
      member("value", number)
      member("value_name", name)
    case .unsigned64(let number): member("value", number)
    case .real(let number):
      key("value")
      value(decimal: number)
    case .text(let text): member("value", text)
    case .octets(let octets): member("octets", octets)
    case .masked: member("masked", true)
    case .group: break
    }
    if let message, attribute.attribute.isUserData {
      let document = ServiceDocument(userData: message.span.extracting(attribute.attribute.data.range))
      let fields = DecodedDocument.fields(of: document, withTexts: false)
      if !fields.isEmpty { member("document", object: { $0.members(fields) }) }
    }
    if attribute.content == .group || !attribute.members.isEmpty {
      member("avps", each: attribute.members) { $0.value($1, dictionary, of: message) }
    }
    endObject()
  }
}

extension DiameterAttribute {
  /// Whether it is User-Data of Cx or Sh, a document.
  fileprivate var isUserData: Bool {
    isAttribute(DiameterAttributeCode.userDataCx, vendor: DiameterVendor.threeGPP)
      || isAttribute(DiameterAttributeCode.userDataSh, vendor: DiameterVendor.threeGPP)
  }
}

extension DiameterCommandFlags {
  /// The flags by name (RFC 6733 section 3); reserved bits that are set by their value.
  var names: [String] {
    var names: [String] = []
    if contains(.request) { names.append("request") }
    if contains(.proxiable) { names.append("proxiable") }
    if contains(.error) { names.append("error") }
    if contains(.potentiallyRetransmitted) { names.append("retransmitted") }
    for bit in [0x08, 0x04, 0x02, 0x01] as [UInt8] where rawValue & bit != 0 { names.append("reserved_\(bit)") }
    return names
  }
}

extension DiameterAttributeFlags {
  /// The flags by name (RFC 6733 section 4.1); reserved bits that are set by their value.
  var names: [String] {
    var names: [String] = []
    if contains(.vendorSpecific) { names.append("vendor") }
    if contains(.mandatory) { names.append("mandatory") }
    if contains(.protected) { names.append("protected") }
    for bit in [0x10, 0x08, 0x04, 0x02, 0x01] as [UInt8] where rawValue & bit != 0 { names.append("reserved_\(bit)") }
    return names
  }

  /// The flags as letters: `VM`, `-` where there is none.
  var letters: String {
    let letters =
      (contains(.vendorSpecific) ? "V" : "") + (contains(.mandatory) ? "M" : "") + (contains(.protected) ? "P" : "")
    return letters.isEmpty ? "-" : letters
  }
}
