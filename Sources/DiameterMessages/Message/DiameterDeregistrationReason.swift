import ByteReading

/// Why the HSS ends a registration (TS 29.229 section 6.3.16).
public struct DiameterDeregistrationReason: Hashable, Sendable {
  /// Reason-Code 616: 0 PERMANENT_TERMINATION to 3 REMOVE_S-CSCF.
  public let code: UInt32

  /// Reason-Info 617, for people; empty where absent.
  public let info: ByteRange
}
