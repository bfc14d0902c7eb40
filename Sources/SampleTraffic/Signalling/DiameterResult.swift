/// The result of a Diameter request: a code of the base protocol, or of 3GPP inside Experimental-Result. The two
/// numberings overlap: 2001 is success in the one and FIRST_REGISTRATION in the other.
public enum DiameterResult: Hashable, Sendable {
  /// Result-Code (RFC 6733 section 7.1).
  case base(UInt32)
  /// Experimental-Result-Code of vendor 10415 (TS 29.229 section 6.2, TS 29.214 section 5.5).
  case experimental(UInt32)

  /// DIAMETER_SUCCESS.
  public static let success = DiameterResult.base(2001)
  /// DIAMETER_FIRST_REGISTRATION.
  public static let firstRegistration = DiameterResult.experimental(2001)
  /// DIAMETER_SUBSEQUENT_REGISTRATION.
  public static let subsequentRegistration = DiameterResult.experimental(2002)

  /// The numeric code without its numbering.
  public var code: UInt32 {
    switch self {
    case .base(let code), .experimental(let code): code
    }
  }

  /// Whether the request was granted: codes of class 2 in either numbering.
  public var isSuccess: Bool { code / 1000 == 2 }

  var pair: AttributeValuePair {
    switch self {
    case .base(let code): .number(268, code)
    case .experimental(let code):
      .group(297, [.number(266, AttributeValuePair.vendor3GPP), .number(298, code)])
    }
  }
}
