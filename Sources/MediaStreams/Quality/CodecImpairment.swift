/// What a codec takes away from the quality of speech, from the tables of ITU-T G.113. What is not here has no score.
struct CodecImpairment: Equatable {
  /// Which scale the row is of.
  enum Scale {
    /// G.107: R up to 93.2.
    case narrowband
    /// G.107.1: R up to 129.
    case wideband
  }

  /// Which codec.
  let codec: MediaCodec
  /// At which bit rate; 0 where it has one only.
  let bitRate: UInt32
  /// Of which scale.
  let scale: Scale
  /// Ie, or Ie,WB.
  let impairment: Double
  /// Bpl, the robustness against random loss; nil where the tables give none for this codec as it is used.
  let robustness: Double?

  /// Narrowband: G.113 (11/2007) appendix I, table I.4, with concealment of loss for G.711 (its appendix I); G.729 as
  /// annex A with VAD, G.723.1 at 6.3 kbit/s with VAD; AMR at 12.2 kbit/s is GSM-EFR (TS 26.071). Wideband: G.113
  /// amendment 1 (03/2009), appendix IV, without loss.
  static let rows: [CodecImpairment] =
    [
      CodecImpairment(codec: .pcmu, bitRate: 0, scale: .narrowband, impairment: 0, robustness: 25.1),
      CodecImpairment(codec: .pcma, bitRate: 0, scale: .narrowband, impairment: 0, robustness: 25.1),
      CodecImpairment(codec: .g729, bitRate: 0, scale: .narrowband, impairment: 11, robustness: 19),
      CodecImpairment(codec: .g723, bitRate: 0, scale: .narrowband, impairment: 15, robustness: 16.1),
      CodecImpairment(codec: .gsmEFR, bitRate: 0, scale: .narrowband, impairment: 5, robustness: 10),
      CodecImpairment(codec: .amr, bitRate: 12_200, scale: .narrowband, impairment: 5, robustness: 10),
      CodecImpairment(codec: .g722, bitRate: 0, scale: .wideband, impairment: 13, robustness: nil),
    ]
    + [
      (6_600, 41), (8_850, 26), (12_650, 13), (14_250, 10), (15_850, 7), (18_250, 5), (19_850, 3), (23_050, 1),
      (23_850, 8),
    ].map { CodecImpairment(codec: .amrWB, bitRate: $0.0, scale: .wideband, impairment: $0.1, robustness: nil) }

  /// The row of a codec at a bit rate.
  static func row(of codec: MediaCodec, at bitRate: UInt32) -> CodecImpairment? {
    rows.first { $0.codec == codec && ($0.bitRate == 0 || $0.bitRate == bitRate) }
  }
}
