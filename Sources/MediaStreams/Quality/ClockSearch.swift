/// The jitter of a stream whose clock rate nobody has told yet, under each rate that media of IMS use: when the session
/// description comes late, what was counted before is not lost; where it never comes, the rate under which timestamps go
/// with arrival is taken, and said to be an estimate.
struct ClockSearch {
  /// AMR and G.711; AMR-WB and EVS; Opus; video.
  static let rates: [UInt32] = [8000, 16000, 48000, 90000]

  private var estimates = ClockSearch.rates.map(JitterEstimate.init(clockRate:))

  mutating func take(arrival: Int64, ticks: Int32) {
    for index in estimates.indices { estimates[index].take(arrival: arrival, ticks: ticks) }
  }

  /// The estimate under a rate; nil where it is not among those tried.
  func estimate(at clockRate: UInt32) -> JitterEstimate? {
    ClockSearch.rates.firstIndex(of: clockRate).map { estimates[$0] }
  }

  /// The rate that fits best.
  var best: (clockRate: UInt32, estimate: JitterEstimate) {
    var place = 0
    for index in estimates.indices where estimates[index].mean < estimates[place].mean { place = index }
    return (ClockSearch.rates[place], estimates[place])
  }
}
