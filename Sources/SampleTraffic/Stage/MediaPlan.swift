/// How the media of a call flow: the defaults are speech both ways, all of which arrives.
struct MediaPlan {
  var milliseconds: Int
  var isOneWay = false
  /// The packets of the caller's that never arrive, by their place.
  var lost: Set<Int> = []
  /// Those that arrive twice.
  var doubled: Set<Int> = []
  /// Those that arrive after their successor.
  var late: Set<Int> = []
  /// By how much a packet may come late, in milliseconds, at random.
  var jitter = 0
  /// What the caller dials on its keys, 100 ms each (RFC 4733), from the tenth packet on.
  var digits = ""
  /// Whether both ends report at the end (RFC 3550 section 6.4.1).
  var hasReports = false

  init(_ milliseconds: Int, isOneWay: Bool = false) {
    self.milliseconds = milliseconds
    self.isOneWay = isOneWay
  }
}
