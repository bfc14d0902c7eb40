import ByteReading

/// What an S-CSCF must and should be able to do to serve a user (TS 29.229 section 6.3.4), and which are proposed.
public struct DiameterServerCapabilities: Hashable, Sendable {
  /// Mandatory-Capability 604: numbers that the operator defines.
  public let mandatory: [UInt32]

  /// Optional-Capability 605.
  public let optional: [UInt32]

  /// Server-Name 602: S-CSCFs that the HSS proposes.
  public let serverNames: [ByteRange]

  init(_ members: DiameterAttributes) {
    let vendor = DiameterVendor.threeGPP
    let numbers = { (code: UInt32) in
      members.allData(code, vendor: vendor).compactMap { members.bytes.rawSpan.unsigned32(in: $0) }
    }
    mandatory = numbers(DiameterAttributeCode.mandatoryCapability)
    optional = numbers(DiameterAttributeCode.optionalCapability)
    serverNames = members.allData(DiameterAttributeCode.serverName, vendor: vendor)
  }
}
