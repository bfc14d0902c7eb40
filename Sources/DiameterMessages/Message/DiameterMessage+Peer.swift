/// What messages of the base protocol say about the peer that sent them (RFC 6733 sections 5.3 to 5.5).
extension DiameterMessage {
  /// Product-Name of CER and CEA (RFC 6733 section 5.3.7); empty where it is missing.
  public var productName: String {
    first(DiameterAttributeCode.productName).map { text($0.data) } ?? ""
  }

  /// Disconnect-Cause of DPR (RFC 6733 section 5.4.3).
  public var disconnectCause: UInt32? {
    first(DiameterAttributeCode.disconnectCause).flatMap(unsigned32)
  }

  /// Origin-State-Id (RFC 6733 section 8.16).
  public var originStateID: UInt32? {
    first(DiameterAttributeCode.originStateID).flatMap(unsigned32)
  }

  /// The applications that CER and CEA offer (RFC 6733 sections 6.8 to 6.11), each once, ordered.
  public var offeredApplications: [UInt32] {
    var found: Set<UInt32> = []
    for attribute in attributes {
      if attribute.isAttribute(DiameterAttributeCode.vendorSpecificApplicationID) {
        for member in members(of: attribute) where isApplication(member) { found.formUnion(value(member)) }
      } else if isApplication(attribute) {
        found.formUnion(value(attribute))
      }
    }
    return found.sorted()
  }

  private func isApplication(_ attribute: DiameterAttribute) -> Bool {
    attribute.isAttribute(DiameterAttributeCode.authApplicationID)
      || attribute.isAttribute(DiameterAttributeCode.accountingApplicationID)
  }

  private func value(_ attribute: DiameterAttribute) -> [UInt32] {
    unsigned32(attribute).map { [$0] } ?? []
  }
}
