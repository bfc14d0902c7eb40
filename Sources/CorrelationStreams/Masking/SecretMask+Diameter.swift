import ByteReading
import DiameterMessages

extension SecretMask {
  /// The bytes of a message with the data of its secret AVPs masked, in groups too, as the dictionary names them, and
  /// SIP-Authenticate as the nonce that it becomes. What cannot be read as AVPs may hold anything and is masked whole.
  func masked(_ message: DiameterMessage) -> [UInt8] {
    var bytes = message.bytes
    mask(message.attributes, upTo: message.bytes.count, of: message, in: &bytes)
    return bytes
  }

  /// SIP-Authenticate (TS 29.229 section 6.3.10).
  private static let authenticate: UInt32 = 609

  /// How far behind the place of a failure the header of its AVP reaches: the failure names the length, at offset 5 of 8.
  private static let restOfHeader = 7

  private func mask(
    _ attributes: DiameterAttributes, upTo end: Int, of message: DiameterMessage, in bytes: inout [UInt8]
  ) {
    for attribute in attributes {
      let data = attribute.data.range
      if attribute.isAttribute(SecretMask.authenticate, vendor: DiameterVendor.threeGPP) {
        replace(data, in: &bytes) { challenge(for: $0) }
        continue
      }
      guard let definition = DiameterDictionary.known.attribute(attribute.code, vendor: attribute.vendor) else {
        continue
      }
      if definition.type == .grouped {
        mask(message.members(of: attribute), upTo: data.upperBound, of: message, in: &bytes)
      } else if definition.secret != nil {
        replace(data, in: &bytes) { value in
          value.allSatisfy { (0x20..<0x7f).contains($0) } ? text(for: value) : octets(for: value)
        }
      }
    }
    if let failure = attributes.failure {
      let start = Int(failure.offset) + SecretMask.restOfHeader
      if start < end { replace(start..<end, in: &bytes) { octets(for: $0) } }
    }
  }
}
