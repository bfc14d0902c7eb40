import ByteReading
import CaptureFacts
import Testing

@testable import MediaStreams

/// Loss and jitter by interval.
@Suite struct MediaSeriesTests {
  private typealias Packets = MediaPackets

  /// A packet each 20 ms for this long, but for those in `lost`; those from `shaken` on come 10 ms late every second time.
  private func stream(seconds: Int, lost: Range<Int> = 0..<0, shaken: Int = .max) throws -> ObservedMediaStream {
    let places = (0..<seconds * 50).filter { !lost.contains($0) }
    let streams = Packets.streams(
      places.map { place in
        (
          Packets.packet(UInt16(truncatingIfNeeded: 65_530 + place), UInt32(place) * 160),
          Double(place) * 20 + (place >= shaken && place % 2 == 0 ? 10 : 0)
        )
      }, formats: [PayloadFormat(payloadType: 8, codec: .pcma, clockRate: 8000)])
    #expect(streams.count == 1)
    return try #require(streams.first)
  }

  @Test("a second in which ten packets are lost, and one that trembles") func intervals() throws {
    let series = try stream(seconds: 4, lost: 60..<70, shaken: 150).series
    #expect(series.length == 1_000_000_000)
    #expect(series.intervals.map(\.received) == [50, 40, 50, 50])
    #expect(series.intervals.map(\.lost) == [0, 10, 0, 0])
    let jitters = try series.intervals.map { try #require($0.jitter) }
    #expect(jitters[0] == 0 && jitters[1] == 0 && jitters[2] == 0)
    #expect((4_000...10_000).contains(jitters[3]))
  }

  @Test("ten minutes stand in at most sixty intervals, and nothing is left out") func longStream() throws {
    let stream = try stream(seconds: 600, lost: 9_000..<9_030)
    let series = stream.series
    #expect(series.intervals.count <= MediaSeries.mostIntervals)
    #expect(series.length == 16_000_000_000)
    #expect(series.intervals.reduce(0) { $0 + UInt64($1.received) } == stream.packets)
    #expect(series.intervals.reduce(0) { $0 + UInt64($1.lost) } == 30)
    // Second 180 to 180.6.
    #expect(series.intervals.firstIndex { $0.lost > 0 } == 180 / 16)
  }

  @Test("a pause of an hour is empty intervals, and so is one between two parts") func pauses() throws {
    var first = try stream(seconds: 2)
    var later = try stream(seconds: 3)
    later.start = first.start.advanced(byNanoseconds: 3_600_000_000_000)
    later.end = later.end.advanced(byNanoseconds: 3_600_000_000_000)
    first.append(later)
    let intervals = first.series.intervals
    #expect(intervals.count <= MediaSeries.mostIntervals)
    #expect(intervals.first?.received == 100 && intervals.last?.received == 150)
    #expect(intervals.dropFirst().dropLast().allSatisfy { $0 == MediaSeries.Interval() })
  }

  @Test("times that no clock shows do no harm", arguments: [Int64.min, -1, Int64.max - 1, Int64.max])
  func extremes(offset: Int64) {
    var series = MediaSeries()
    series.add(MediaSeries.Interval(received: .max, lost: .max, jitter: .max), at: 0)
    series.add(MediaSeries.Interval(received: .max, lost: .max, jitter: .max), at: offset)
    #expect(series.intervals.count <= MediaSeries.mostIntervals)
    #expect(series.intervals.first?.received == .max)
  }
}
