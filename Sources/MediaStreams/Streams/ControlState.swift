import ByteReading
import CaptureFacts

/// What RTCP tells of one stream.
struct ControlState {
  /// Sender reports that reports may still refer to: one each few seconds, and a receiver answers within that.
  static let keptReports = 4

  /// Sender reports of the source.
  private(set) var senderReports: UInt32 = 0
  /// Whether the source said BYE.
  var hasBye = false
  /// The CNAME of the source, the latest: 255 octets at most.
  private(set) var canonicalName: [UInt8] = []
  /// Packets of the source that only an application understands (APP, RFC 3550 section 6.7).
  private(set) var applicationPackets: UInt32 = 0
  // When the latest sender reports were captured, by the middle of their NTP time.
  private var marks: [(middle: UInt32, time: Timestamp)] = []
  private var quality: ReportedQuality?
  private var jitter: UInt32 = 0
  private var greatestJitter: UInt32 = 0

  /// Notes a report of the source itself.
  mutating func note(senderReport middle: UInt32, at time: Timestamp) {
    senderReports &+= 1
    if marks.count >= ControlState.keptReports { marks.removeFirst() }
    marks.append((middle, time))
  }

  /// Notes the CNAME of the source; it comes again with each report.
  mutating func note(canonicalName range: Range<Int>, _ bytes: RawSpan) {
    let isKnown =
      range.count == canonicalName.count
      && canonicalName.indices.allSatisfy {
        canonicalName[$0] == bytes.byte(at: range.lowerBound + $0)
      }
    if !isKnown { canonicalName = range.map { bytes.byte(at: $0) } }
  }

  /// Notes a packet that only an application understands.
  mutating func noteApplicationPacket() { applicationPackets &+= 1 }

  /// Notes what a receiver says.
  mutating func note(_ block: ReportBlock, at time: Timestamp) {
    var reported = quality ?? ReportedQuality()
    reported.reports &+= 1
    reported.lost = block.lost
    reported.greatestFractionLost = max(reported.greatestFractionLost, block.fractionLost)
    jitter = block.jitter
    greatestJitter = max(greatestJitter, block.jitter)
    if block.lastSenderReport != 0, let mark = marks.last(where: { $0.middle == block.lastSenderReport }) {
      // RFC 3550 section 6.4.1, with the clock of the capture at both ends of the interval.
      let delay = Int64(block.delay) * 1_000_000_000 / 65536
      let roundTrip = time.nanoseconds(since: mark.time) &- delay
      if roundTrip >= 0 {
        reported.shortestRoundTrip =
          reported.roundTrips == 0 ? roundTrip : min(reported.shortestRoundTrip, roundTrip)
        reported.longestRoundTrip = max(reported.longestRoundTrip, roundTrip)
        reported.sumOfRoundTrips &+= roundTrip
        reported.roundTrips &+= 1
      }
    }
    quality = reported
  }

  /// Notes the metrics of an extended report.
  mutating func note(_ metrics: ReportedVoiceMetrics) {
    var reported = quality ?? ReportedQuality()
    reported.metrics = metrics
    quality = reported
  }

  /// What was reported, with the jitter under this clock rate.
  func reported(clockRate: UInt32) -> ReportedQuality? {
    guard var reported = quality else { return nil }
    if clockRate != 0, reported.reports > 0 {
      reported.jitter = Int64(jitter) * 1_000_000_000 / Int64(clockRate)
      reported.greatestJitter = Int64(greatestJitter) * 1_000_000_000 / Int64(clockRate)
    }
    return reported
  }
}
