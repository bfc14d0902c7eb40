import SharedCaptures

/// The ports on which the recorded networks speak SIP and Diameter beside the registered ones, for tshark. Elsewhere other
/// protocols use them.
enum AnnouncedPorts {
  private static let sip = [4060, 6060, 5100, 5101, 6100, 6101, 5062, 5064]
  private static let diameter = [3869, 3870, 3871, 3872, 3873]

  /// What tells tshark of them.
  static let arguments =
    Tshark.announcing("sip", on: sip, overUDP: true) + Tshark.announcing("diameter", on: diameter, overUDP: false)

  /// What tells tshark of them, for a capture of these networks.
  static func arguments(for capture: String) -> [String] {
    ["realcore/", "ims/", "SampleCaptures/"].contains { capture.hasPrefix($0) } ? arguments : []
  }
}
