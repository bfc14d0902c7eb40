/// A vendor's result code (RFC 6733 section 7.6), which means nothing without the vendor: 2001 of 3GPP is
/// DIAMETER_FIRST_REGISTRATION, not DIAMETER_SUCCESS.
public struct DiameterExperimentalResult: Hashable, Sendable {
  /// Vendor-Id 266; 0 where it is missing.
  public let vendor: UInt32

  /// Experimental-Result-Code 298.
  public let code: UInt32

  /// Makes a result of its two parts.
  @inlinable
  public init(vendor: UInt32, code: UInt32) {
    self.vendor = vendor
    self.code = code
  }
}
