import CaptureFacts
import MediaStreams
import SubscriberTimelines

/// One direction of media beside the messages of a ladder: from its first to its last packet.
struct MediaBar {
  /// Nanoseconds from the start of the ladder to the first packet.
  var start: Int64
  /// The same to the last packet.
  var end: Int64
  /// The place of the sender's column.
  var from: Int
  /// The place of the receiver's column.
  var to: Int
  /// What is sent.
  var label: String
  /// How it came.
  var figures: String
  /// How it is coloured.
  var tone: Tone
  /// The frame of the first packet.
  var firstFrame: String
  /// The frame of the last packet.
  var lastFrame: String

  /// What is sent, without the clock rate: that of a codec is known.
  static func label(of stream: MediaStream, _ observed: ObservedMediaStream) -> String {
    if observed.kind == .messageSession { return "MSRP" }
    let codec = (stream.codec ?? "").prefix { $0 != "/" }
    let name = codec.isEmpty ? stream.mediaType : String(codec)
    return observed.kind == .rtp ? name : MediaText.transport(of: observed) + " " + name
  }

  /// Packets, loss, jitter, and the score where there is one.
  static func figures(of observed: ObservedMediaStream) -> String {
    if let session = observed.messageSession { return figures(of: session) }
    return [
      observed.lost == 0 ? "\(observed.packets) packets" : "\(MediaText.percent(observed.lossRatio)) lost",
      observed.meanJitter.map { "jitter " + DurationText.text($0) },
      observed.quality.map { "MOS " + MediaText.score($0.meanOpinionScore) },
    ].compactMap(\.self).joined(separator: ", ")
  }

  private static func figures(of session: ObservedMessageSession) -> String {
    let failures = session.failures.map { "\($0.count) with \($0.status)" }
    let messages = session.messages == 1 ? "1 message" : "\(session.messages) messages"
    let chunks = session.chunks == 1 ? "1 chunk" : "\(session.chunks) chunks"
    return (["\(messages) in \(chunks)"] + failures).joined(separator: ", ")
  }

  /// Bad where one packet of twenty is lost, as no concealment makes good, or where the score is below what satisfies
  /// most (G.107 annex B: 3.1 to 3.6).
  static func tone(of observed: ObservedMediaStream) -> Tone {
    if let session = observed.messageSession { return session.failures.isEmpty ? .plain : .caution }
    let score = observed.quality?.meanOpinionScore ?? 5
    if observed.lossRatio >= 0.05 || score < 3.1 { return .bad }
    return observed.lossRatio >= 0.01 || score < 3.6 ? .caution : .plain
  }
}
