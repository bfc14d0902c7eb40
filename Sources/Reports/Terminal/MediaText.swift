import MediaStreams

/// The words of reports for streams of media.
enum MediaText {
  /// What carries a stream.
  static func transport(of stream: ObservedMediaStream) -> String {
    switch stream.kind {
    case .rtp: "RTP"
    case .securedRTP: "SRTP"
    case .fax: "UDPTL"
    case .messageSession: "MSRP"
    }
  }

  /// A score with two decimals.
  static func score(_ score: Double) -> String {
    let hundredths = Int((score * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  /// A share of a hundred with a decimal, and two where it is small.
  static func percent(_ ratio: Double) -> String {
    let hundredths = Int((min(max(ratio, 0), 1) * 10_000).rounded())
    if hundredths >= 1000 { return "\((hundredths + 50) / 100) %" }
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }

  /// How it was known to be media.
  static func evidence(of stream: ObservedMediaStream) -> String {
    switch stream.evidence {
    case .description: "sdp"
    case .structure: "structure"
    }
  }
}
