/// A Diameter AVP being composed (RFC 6733 section 4.1).
struct AttributeValuePair {
  /// 3GPP (TS 29.229 section 6.3).
  static let vendor3GPP: UInt32 = 10415

  let code: UInt32
  let vendor: UInt32
  let isMandatory: Bool
  let data: [UInt8]

  private init(_ code: UInt32, vendor: UInt32, isMandatory: Bool = true, data: [UInt8]) {
    self.code = code
    self.vendor = vendor
    self.isMandatory = isMandatory
    self.data = data
  }

  /// OctetString.
  static func bytes(_ code: UInt32, _ data: [UInt8], vendor: UInt32 = vendor3GPP) -> AttributeValuePair {
    AttributeValuePair(code, vendor: vendor, data: data)
  }

  /// UTF8String, DiameterIdentity and their like.
  static func text(
    _ code: UInt32, _ text: String, vendor: UInt32 = 0, isMandatory: Bool = true
  ) -> AttributeValuePair {
    AttributeValuePair(code, vendor: vendor, isMandatory: isMandatory, data: Array(text.utf8))
  }

  /// Unsigned32 and Enumerated.
  static func number(_ code: UInt32, _ value: UInt32, vendor: UInt32 = 0) -> AttributeValuePair {
    var data: [UInt8] = []
    data.append(bigEndian: value)
    return AttributeValuePair(code, vendor: vendor, data: data)
  }

  /// Grouped.
  static func group(_ code: UInt32, _ members: [AttributeValuePair], vendor: UInt32 = 0) -> AttributeValuePair {
    AttributeValuePair(code, vendor: vendor, data: members.flatMap(\.encoded))
  }

  /// Header, data and padding.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    let length = (vendor == 0 ? 8 : 12) + data.count
    bytes.append(bigEndian: code)
    bytes.append(bigEndian: UInt32(length) | (vendor == 0 ? 0 : 0x8000_0000) | (isMandatory ? 0x4000_0000 : 0))
    if vendor != 0 { bytes.append(bigEndian: vendor) }
    bytes += data
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
  }
}
