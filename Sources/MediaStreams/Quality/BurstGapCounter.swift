/// Divides a stream into bursts, in which losses are dense, and gaps, as RFC 3611 appendix A.2 counts them. Packets are
/// told in the order of their sequence numbers.
struct BurstGapCounter {
  /// How many packets must arrive between two losses for the burst to end (Gmin, RFC 3611 section 4.7.2).
  static let gapThreshold: UInt32 = 16

  private var lossesOfBurst: UInt32 = 0
  // The transitions between the states of the model; their names are the recommendation's.
  private(set) var c11: UInt32 = 0
  private(set) var c13: UInt32 = 0
  private(set) var c14: UInt32 = 0
  private(set) var c22: UInt32 = 0
  private(set) var c23: UInt32 = 0
  private(set) var c33: UInt32 = 0
  /// Packets lost.
  private(set) var lost: UInt32 = 0
  /// Runs of packets lost without one that arrived between them.
  private(set) var runs: UInt32 = 0
  /// The longest such run.
  private(set) var longestRun: UInt32 = 0
  /// Packets lost since one arrived.
  private var run: UInt32 = 0
  /// Packets that arrived since the last loss.
  private(set) var sinceLoss: UInt32 = 0

  @inline(__always)
  mutating func countArrival() {
    sinceLoss &+= 1
    run = 0
  }

  mutating func countLoss() {
    lost &+= 1
    if run == 0 { runs &+= 1 }
    run &+= 1
    longestRun = max(longestRun, run)
    if sinceLoss >= BurstGapCounter.gapThreshold || lost == 1 {
      if lossesOfBurst == 1 { c14 &+= 1 } else if lossesOfBurst > 1 { c13 &+= 1 }
      lossesOfBurst = 1
      c11 &+= sinceLoss
    } else {
      lossesOfBurst &+= 1
      if sinceLoss == 0 {
        c33 &+= 1
      } else {
        c23 &+= 1
        c22 &+= sinceLoss &- 1
      }
    }
    sinceLoss = 0
  }

  /// Bursts of at least two losses.
  var bursts: UInt32 { c13 &+ (lossesOfBurst > 1 ? 1 : 0) }

  /// The packets of all bursts together, those lost among them.
  var packetsInBursts: UInt32 { c22 &+ c23 &+ c23 &+ c33 &+ bursts }

  /// The packets lost in bursts.
  var lostInBursts: UInt32 { c23 &+ c33 &+ bursts }
}
