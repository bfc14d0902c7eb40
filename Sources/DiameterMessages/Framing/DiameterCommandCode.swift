/// The command codes that IANA and 3GPP have assigned, as the packet path asks for them: without the dictionary's text.
enum DiameterCommandCode {
  /// RFC 6733 section 11.2 (257-282), RFC 4004 (260, 262), RFC 4072 (268), RFC 4740 (283-288), TS 29.229 (300-305),
  /// TS 29.329 (306-309), TS 29.230 section 5.1 for the others of 3GPP and ETSI.
  private static let known: [ClosedRange<UInt32>] = [
    257...280, 282...288, 300...333, 8_388_608...8_388_744, 16_777_214...16_777_215,
  ]

  /// Whether `code` has been assigned.
  static func isKnown(_ code: UInt32) -> Bool {
    known.contains { $0.contains(code) }
  }
}
