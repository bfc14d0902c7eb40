extension Scenario {
  /// Calls whose media are what matters: loss, order, keys, codecs, reports.
  static let media: [Scenario] =
    [
      mediaScenario("media_loss", "One packet lost here and there, then twelve in a row; both ends report") {
        $0.lost = Set([20, 45, 46]).union(60..<72)
        $0.hasReports = true
      },
      mediaScenario("media_disorder", "Packets that overtake each other, come twice, and tremble by up to 12 ms") {
        $0.late = [10, 30, 55]
        $0.doubled = [15, 70]
        $0.jitter = 12
      },
      mediaScenario("media_digits", "The caller presses keys: telephone events among the speech") {
        $0.digits = "1234*0#"
      },
      mediaScenario("media_secured", "SRTP with keys of SDES in the description: keys pressed, a packet lost") {
        $0.lost = [33]
        $0.digits = "42#"
      } call: {
        $0.suite = .counter
      },
      mediaScenario("media_secured_short_tag", "SRTP with a tag of 32 bits; AMR-WB, a packet lost") {
        $0.lost = [33]
      } call: {
        $0.suite = .counterWithShortTag
        $0.format = .wideband
      },
      mediaScenario("media_secured_gcm", "SRTP with AES-GCM: keys pressed") {
        $0.digits = "0"
      } call: {
        $0.suite = .galois
      },
    ]
    + MediaFormat.allCases.map { format in
      mediaScenario("media_\(format.name.lowercased().replacing("-", with: "_"))", "Speech of \(format.name)") {
        $0.lost = [50]
      } call: {
        $0.format = format
      }
    }

  private static func mediaScenario(
    _ name: String, _ summary: String, media change: @escaping @Sendable (inout MediaPlan) -> Void,
    call: @escaping @Sendable (inout CallPlan) -> Void = { _ in }
  ) -> Scenario {
    callScenario(name, summary) {
      var media = MediaPlan(4000)
      change(&media)
      $0.events = [.media(media), .pause(media.milliseconds)]
      call(&$0)
    }
  }
}
