/// The quality of speech that the E-model gives a stream for its codec and its loss. Echo, noise and levels are at their
/// default values, and the delay is assumed.
public struct VoiceQuality: Equatable, Sendable {
  /// The delay from mouth to ear that is assumed, in milliseconds: up to it delay takes nothing away (G.107 clause 7.4).
  public static let assumedDelay = 100

  /// The rating factor: of G.107 up to 93.2, of G.107.1 up to 129.
  public var ratingFactor: Double
  /// The mean opinion score, estimated for conversation.
  public var meanOpinionScore: Double
  /// Whether it is on the scale of wideband telephony.
  public var isWideband: Bool

  /// Rates a stream; nil for video, fax and what has no row in the tables.
  init?(of stream: ObservedMediaStream) {
    guard let row = CodecImpairment.row(of: stream.codec, at: stream.speechRate) else { return nil }
    let percent = stream.lossRatio * 100
    var impairment = row.impairment
    if stream.lost > 0 {
      guard let robustness = row.robustness else { return nil }
      // The mean length of runs of loss by that of random loss (G.107 clause 7.5).
      let runs = Double(max(stream.lossRuns, 1))
      let ratio = Double(stream.lost) / runs * (1 - stream.lossRatio)
      impairment = TransmissionRating.impairment(
        ofLoss: percent, burstRatio: max(1, ratio), without: row.impairment, robustness: robustness)
    }
    self.init(impairment: impairment, scale: row.scale, delay: Double(VoiceQuality.assumedDelay))
  }

  /// Rates a connection with this impairment of its equipment, and a delay in milliseconds.
  init(impairment: Double, scale: CodecImpairment.Scale, delay: Double) {
    isWideband = scale == .wideband
    if isWideband {
      // G.107.1 clause 7: Ro,WB is 129, Is,WB nothing; annex A: the score is that of R divided by 1.29.
      ratingFactor = 129 - TransmissionRating.impairment(ofDelay: delay) - impairment
      meanOpinionScore = TransmissionRating.meanOpinionScore(ratingFactor / 1.29)
    } else {
      var rating = TransmissionRating()
      rating.absoluteDelay = delay
      rating.equipmentImpairment = impairment
      ratingFactor = rating.factor
      meanOpinionScore = TransmissionRating.meanOpinionScore(ratingFactor)
    }
  }
}
