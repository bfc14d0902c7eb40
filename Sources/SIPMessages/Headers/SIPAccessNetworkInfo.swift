import ByteReading

/// One value of P-Access-Network-Info (RFC 7315 section 4.4, TS 24.229 clause 7.2A.4): the radio or line of the UE.
public struct SIPAccessNetworkInfo: Hashable, Sendable {
  /// The access type, such as `3GPP-E-UTRAN-FDD`, or the class, such as `3GPP-GERAN`.
  public var accessType: ByteRange

  /// The cell, line or node, without quotes; empty where it is not given.
  public var cell = ByteRange()

  /// Whether the network gave it, not the UE: `network-provided` or `np`.
  public var isNetworkProvided = false

  /// The parameters that hold a place, by access technology (TS 24.229 clause 7.2A.4.2).
  private static let placeParameters: [StaticString] = [
    "utran-cell-id-3gpp", "cgi-3gpp", "utran-sai-3gpp", "ci-3gpp2", "i-wlan-node-id", "dsl-location", "eth-location",
    "fiber-location", "gstn-location", "dvb-rcs2-node-id",
  ]

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    accessType = ByteRange(bytes.trimmed(value.lowerBound..<headEnd))
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("np", in: parameter.name)
        || bytes.equalsIgnoringCase("network-provided", in: parameter.name)
      {
        isNetworkProvided = true
      } else if cell.isEmpty,
        Self.placeParameters.contains(where: { bytes.equalsIgnoringCase($0, in: parameter.name) })
      {
        cell = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// What UE and network say about the access.
  public func accessNetworks() -> [SIPAccessNetworkInfo] {
    values(.pAccessNetworkInfo).map { SIPAccessNetworkInfo(parsing: span, in: $0) }
  }
}
