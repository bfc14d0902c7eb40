import CaptureFacts
import MediaStreams

/// What a person should know of the media of a call. Each row is a rule with a sentence for the call, or for one of its
/// streams.
enum MediaFindings {
  /// Packets from which on a stream is judged: two seconds of speech.
  static let judgedPackets: UInt64 = 100

  /// The share of lost packets from which on speech suffers (TS 23.203 table 6.1.7: 1 % for conversational voice).
  static let loss = 0.01

  /// Packets lost in a row from which on concealment fails: 200 ms of speech.
  static let lossInRow: UInt32 = 10

  /// What one stream shows.
  static let rules: [(key: String, severity: Finding.Severity, find: @Sendable (ObservedMediaStream) -> String?)] = [
    (
      "media_loss", .warning,
      { stream in
        guard stream.expected >= judgedPackets, stream.lossRatio >= loss || stream.longestLoss >= lossInRow else {
          return nil
        }
        let percent = (stream.lossRatio * 1000).rounded() / 10
        return "lost \(stream.lost) of \(stream.expected) packets (\(percent) %), up to \(stream.longestLoss) in a row"
      }
    ),
    (
      "silent_media", .warning,
      { stream in
        guard stream.packets >= judgedPackets, stream.isSilent else { return nil }
        return "holds nothing but one level: the sender is muted, or gives no sound"
      }
    ),
    (
      "media_codec_mismatch", .warning,
      { stream in
        guard stream.evidence == .description, stream.kind == .rtp else { return nil }
        if let used = stream.formats.first(where: { !$0.format.isAnnounced && $0.packets >= 8 }) {
          return "uses payload type \(used.format.payloadType), which the session description does not have"
        }
        guard stream.malformedPackets > 8, UInt64(stream.malformedPackets) > stream.packets / 2 else { return nil }
        return "does not have the payload format of \(stream.codec.name ?? "its codec") that was agreed on"
      }
    ),
  ]

  /// The findings about the streams of a call.
  static func findings(of call: Call) -> [Finding] {
    call.media.compactMap(\.observed).flatMap { stream in
      rules.compactMap { rule -> Finding? in
        guard let text = rule.find(stream) else { return nil }
        return Finding(
          rule: rule.key, severity: rule.severity,
          text: "\(name(stream)) from \(stream.source) to \(stream.destination) \(text)",
          frames: [stream.firstFrame, stream.lastFrame], about: [call.id], time: stream.start)
      }
    }
  }

  private static func name(_ stream: ObservedMediaStream) -> String {
    switch stream.kind {
    case .rtp: "RTP"
    case .securedRTP: "SRTP"
    case .fax: "UDPTL"
    case .messageSession: "MSRP"
    }
  }

  /// A stream of audio without one in the other direction between the same hosts, though both were agreed on.
  static func oneWay(_ call: Call) -> ObservedMediaStream? {
    let agreed = call.media.filter { $0.mediaType == "audio" }
    guard agreed.contains(where: { there in agreed.contains { $0.from == there.to && $0.to == there.from } }) else {
      return nil
    }
    let streams = agreed.compactMap(\.observed).filter { $0.evidence == .description && $0.kind != .fax }
    return streams.first { stream in
      stream.packets >= 50
        && !streams.contains {
          $0.source.address == stream.destination.address && $0.destination.address == stream.source.address
        }
    }
  }
}
