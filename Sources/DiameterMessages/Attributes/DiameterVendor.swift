/// The vendors (IANA private enterprise numbers) whose AVPs the code names.
public enum DiameterVendor {
  /// No vendor: an AVP of the base protocol or of another IETF standard.
  @inlinable public static var none: UInt32 { 0 }
  /// 3GPP.
  @inlinable public static var threeGPP: UInt32 { 10415 }
  /// ETSI, whose AVPs Cx and Rx reuse.
  @inlinable public static var etsi: UInt32 { 13019 }
}
