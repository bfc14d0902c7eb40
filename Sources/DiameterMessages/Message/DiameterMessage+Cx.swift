import ByteReading

// What the commands of Cx and Sh carry beyond what `DiameterMessage` keeps of every message.
extension DiameterMessage {
  /// Every Public-Identity 601 in its order: those of the message, and those in User-Identity 700 of Sh (TS 29.329
  /// section 6.3.1).
  public var publicIdentities: [ByteRange] {
    let vendor = DiameterVendor.threeGPP
    var identities: [ByteRange] = []
    guard mayHave(DiameterAttributeCode.publicIdentity) || mayHave(DiameterAttributeCode.userIdentity) else {
      return identities
    }
    for attribute in attributes where attribute.vendor == vendor {
      switch attribute.code {
      case DiameterAttributeCode.publicIdentity: identities.append(attribute.data)
      case DiameterAttributeCode.userIdentity:
        identities += members(of: attribute).allData(DiameterAttributeCode.publicIdentity, vendor: vendor)
      default: break
      }
    }
    return identities
  }

  /// The private identities of Associated-Identities 632 (TS 29.229 section 6.3.33), beside `userName`.
  public var associatedPrivateIdentities: [ByteRange] {
    attributes.first(DiameterAttributeCode.associatedIdentities, vendor: DiameterVendor.threeGPP)
      .map { members(of: $0).allData(DiameterAttributeCode.userName) } ?? []
  }

  /// Every SIP-Auth-Data-Item 612 in its order.
  public var authenticationItems: [DiameterAuthenticationItem] {
    var items: [DiameterAuthenticationItem] = []
    guard mayHave(DiameterAttributeCode.sipAuthDataItem) else { return items }
    for attribute in attributes
    where attribute.isAttribute(DiameterAttributeCode.sipAuthDataItem, vendor: DiameterVendor.threeGPP) {
      items.append(DiameterAuthenticationItem(members(of: attribute)))
    }
    return items
  }

  /// Deregistration-Reason 615; nil where it is absent or has no Reason-Code.
  public var deregistrationReason: DiameterDeregistrationReason? {
    let vendor = DiameterVendor.threeGPP
    guard let group = first(DiameterAttributeCode.deregistrationReason, vendor: vendor),
      let code = members(of: group).unsigned32(DiameterAttributeCode.reasonCode, vendor: vendor)
    else { return nil }
    return DiameterDeregistrationReason(
      code: code, info: members(of: group).data(DiameterAttributeCode.reasonInfo, vendor: vendor))
  }

  /// Server-Capabilities 603; nil where absent.
  public var serverCapabilities: DiameterServerCapabilities? {
    first(DiameterAttributeCode.serverCapabilities, vendor: DiameterVendor.threeGPP)
      .map { DiameterServerCapabilities(members(of: $0)) }
  }
}
