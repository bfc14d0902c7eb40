/// The vendors (IANA private enterprise numbers) whose AVPs the code names.
public enum DiameterVendor {
  /// No vendor: an AVP of the base protocol or of another IETF standard.
  public static let none: UInt32 = 0
  /// 3GPP.
  public static let threeGPP: UInt32 = 10415
  /// ETSI, whose AVPs Cx and Rx reuse.
  public static let etsi: UInt32 = 13019
}
