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

  /// Each row is in ITU-T G.113 and was compared with texts that quote it. What has no row of its own there, as AMR and
  /// Opus, or none that could be compared, has no score.
  static let rows: [CodecImpairment] =
    [
      // Appendix I, table I.4: G.711 with concealment of loss after its appendix I.
      CodecImpairment(codec: .pcmu, bitRate: 0, scale: .narrowband, impairment: 0, robustness: 25.1),
      CodecImpairment(codec: .pcma, bitRate: 0, scale: .narrowband, impairment: 0, robustness: 25.1),
      // Table I.4: G.729 annex A with VAD.
      CodecImpairment(codec: .g729, bitRate: 0, scale: .narrowband, impairment: 11, robustness: 19),
      // Table I.4: G.723.1 at 6.3 kbit/s with VAD.
      CodecImpairment(codec: .g723, bitRate: 0, scale: .narrowband, impairment: 15, robustness: 16.1),
      // Table I.4: GSM-EFR at 12.2 kbit/s with its own concealment.
      CodecImpairment(codec: .gsmEFR, bitRate: 0, scale: .narrowband, impairment: 5, robustness: 10),
      // Appendix IV, table IV.1, for one ear: G.722 at 64 kbit/s. There is no robustness for one ear (table IV.4).
      CodecImpairment(codec: .g722, bitRate: 0, scale: .wideband, impairment: 13, robustness: nil),
    ]
    // Appendix IV, table IV.1 (the same in the edition of 09/2024): the nine modes of AMR-WB (G.722.2). That 23.85 kbit/s
    // is worse than 23.05 is what the table says.
    + [
      (6_600, 41), (8_850, 26), (12_650, 13), (14_250, 10), (15_850, 7), (18_250, 5), (19_850, 3), (23_050, 1),
      (23_850, 8),
    ].map { CodecImpairment(codec: .amrWB, bitRate: $0.0, scale: .wideband, impairment: $0.1, robustness: nil) }

  /// The row of a codec at a bit rate.
  static func row(of codec: MediaCodec, at bitRate: UInt32) -> CodecImpairment? {
    rows.first { $0.codec == codec && ($0.bitRate == 0 || $0.bitRate == bitRate) }
  }
}
