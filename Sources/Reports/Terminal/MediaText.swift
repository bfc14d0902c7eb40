import MediaStreams

/// The words of reports for streams of media.
enum MediaText {
  /// What carries a stream.
  static func transport(of stream: ObservedMediaStream) -> String {
    switch stream.kind {
    case .rtp: "RTP"
    case .securedRTP: "SRTP"
    case .fax: "UDPTL"
    }
  }

  /// A score with two decimals.
  static func score(_ score: Double) -> String {
    let hundredths = Int((score * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  /// How it was known to be media.
  static func evidence(of stream: ObservedMediaStream) -> String {
    switch stream.evidence {
    case .description: "sdp"
    case .structure: "structure"
    }
  }
}
