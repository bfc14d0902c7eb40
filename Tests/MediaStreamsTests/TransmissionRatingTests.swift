import Testing

@testable import MediaStreams

/// The E-model against values that ITU-T publishes.
@Suite struct TransmissionRatingTests {
  @Test("the default values of table 2 give R = 93.2 and MOS = 4.41 (G.107 clause 7.7)") func defaults() {
    let rating = TransmissionRating()
    #expect(abs(rating.factor - 93.2) < 0.05)
    #expect(abs(TransmissionRating.meanOpinionScore(rating.factor) - 4.41) < 0.005)
  }

  @Test(
    "the score of a rating factor (G.107 annex B, table B.1: 90, 80, 70, 60 and 50 are the bounds of user satisfaction)",
    arguments: [(90.0, 4.34), (80, 4.03), (70, 3.60), (60, 3.10), (50, 2.58)])
  func score(factor: Double, score: Double) {
    // The table rounds 4.024 up.
    #expect(abs(TransmissionRating.meanOpinionScore(factor) - score) < 0.0065)
  }

  @Test("the ends of the scale (G.107 annex B)") func ends() {
    #expect(TransmissionRating.meanOpinionScore(-3) == 1)
    #expect(TransmissionRating.meanOpinionScore(0) == 1)
    #expect(TransmissionRating.meanOpinionScore(120) == 4.5)
  }

  @Test("delay takes nothing away up to 100 ms, and more with each step beyond (G.107 clause 7.4)") func delay() {
    #expect(TransmissionRating.impairment(ofDelay: 100) == 0)
    // With x = 1 at 200 ms: 25 (2^(1/6) - 3 (1 + 3^-6)^(1/6) + 2).
    #expect(abs(TransmissionRating.impairment(ofDelay: 200) - 3.04) < 0.02)
    #expect(TransmissionRating.impairment(ofDelay: 400) > 20)
  }

  @Test("loss by G.107 (7-29): G.729A with VAD at 2 %, G.711 with concealment at 2 %") func loss() {
    let speech = TransmissionRating.impairment(ofLoss: 2, burstRatio: 1, without: 11, robustness: 19)
    #expect(abs(speech - 19) < 0.01)
    let wave = TransmissionRating.impairment(ofLoss: 2, burstRatio: 1, without: 0, robustness: 25.1)
    #expect(abs(wave - 7.01) < 0.01)
  }

  @Test("a codec without a row has no score, and one without a robustness only without loss") func absent() {
    #expect(CodecImpairment.row(of: .opus, at: 0) == nil)
    #expect(CodecImpairment.row(of: .amr, at: 4750) == nil)
    // AMR is not in G.113: its relative at the same rate, GSM-EFR, does not speak for it.
    #expect(CodecImpairment.row(of: .amr, at: 12_200) == nil)
    #expect(CodecImpairment.row(of: .gsmEFR, at: 12_200)?.impairment == 5)
    #expect(CodecImpairment.row(of: .amrWB, at: 12_650)?.robustness == nil)
  }

  @Test("wideband: R is 129 without impairment, and that is the best score (G.107.1 clause 7.7 and annex A)")
  func wideband() {
    let best = VoiceQuality(impairment: 0, scale: .wideband, delay: 0)
    #expect(best.ratingFactor == 129)
    #expect(best.meanOpinionScore == 4.5)
    let speech = VoiceQuality(impairment: 13, scale: .wideband, delay: 100)
    #expect(speech.ratingFactor == 116)
    #expect(speech.meanOpinionScore < best.meanOpinionScore)
  }
}
