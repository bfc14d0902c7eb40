import ByteReading
import CaptureFacts
import PacketLayers
import StreamReassembly
import Testing

/// RFC 791 section 3.2, RFC 8200 section 4.5.
struct FragmentReassemblerTests {
  static let whole = (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

  /// Feeds fragments and keeps what comes out.
  struct Feed {
    var reassembler = FragmentReassembler()
    var anomalies = AnomalyLedger()
    var frame: UInt64 = 0

    mutating func add(
      _ bytes: [UInt8], at offset: Int, more: Bool, identification: UInt32 = 1, ipProtocol: UInt8 = 17,
      seconds: Int64 = 0, isV6: Bool = false, promised: Int? = nil
    ) -> ReassembledDatagram? {
      frame += 1
      let header = IPFragmentHeader(
        identification: identification, ipProtocol: ipProtocol, offset: offset, moreFollow: more)
      let address = isV6 ? IPAddress(high: 0x2001_0db8_0000_0000, low: 1) : IPAddress(v4: 0x0a00_0001)
      let packet = DecodedPacket(
        path: LayerPath(), source: Endpoint(address: address, port: 0),
        destination: Endpoint(address: address, port: 0), content: .fragment(header), payload: 0..<bytes.count,
        promisedPayloadLength: promised ?? bytes.count)
      return reassembler.add(
        packet, header: header, payload: bytes.span.bytes, time: Timestamp(nanoseconds: seconds * 1_000_000_000),
        frame: FrameReference(number: frame), anomalies: &anomalies)
    }

    /// Adds the piece of `whole` in `range`.
    mutating func add(piece range: Range<Int>, identification: UInt32 = 1, seconds: Int64 = 0) -> ReassembledDatagram? {
      add(
        Array(FragmentReassemblerTests.whole[range]), at: range.lowerBound,
        more: range.upperBound < FragmentReassemblerTests.whole.count, identification: identification, seconds: seconds)
    }
  }

  static let pieces = [0..<1480, 1480..<2960, 2960..<4000]

  @Test("in any order", arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func anyOrder(order: [Int]) throws {
    var feed = Feed()
    #expect(feed.add(piece: Self.pieces[order[0]]) == nil)
    #expect(feed.add(piece: Self.pieces[order[1]]) == nil)
    let last = feed.add(piece: Self.pieces[order[2]])
    let datagram = try #require(last)
    #expect(datagram.bytes == Self.whole)
    #expect(datagram.ipProtocol == 17)
    #expect(datagram.frames.map(\.number) == [1, 2, 3])
    #expect(feed.reassembler.openDatagrams == 0)
    #expect(feed.anomalies.lines.isEmpty)
  }

  @Test("random pieces, overlapping and doubled, of two datagrams at once", arguments: 1...20 as ClosedRange<UInt64>)
  func randomPieces(seed: UInt64) {
    var state = seed
    func random(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var feed = Feed()
    var completed: Set<UInt32> = []
    for _ in 0..<5000 where completed.count < 2 {
      let identification = UInt32(1 + random(below: 2))
      guard !completed.contains(identification) else { continue }
      let start = random(below: 500) * 8
      let end = min(Self.whole.count, start + 8 + random(below: 60) * 8)
      if let datagram = feed.add(piece: start..<end, identification: identification) {
        #expect(datagram.bytes == Self.whole)
        completed.insert(identification)
      }
      // Copies of the same bytes are no contradiction; too many of them are.
      if feed.anomalies.count(of: .fragmentsEvicted) > 0 { break }
    }
    #expect(completed.count == 2 || feed.anomalies.count(of: .fragmentsEvicted) > 0)
    #expect(feed.anomalies.count(of: .fragmentsOverlapping) == 0)
  }

  @Test("where fragments overlap and differ, the first bytes stand, and it is counted")
  func firstWins() throws {
    var feed = Feed()
    _ = feed.add([UInt8](repeating: 1, count: 16), at: 8, more: true)
    _ = feed.add([UInt8](repeating: 2, count: 32), at: 0, more: true)
    let last = feed.add([UInt8](repeating: 3, count: 4), at: 32, more: false)
    let datagram = try #require(last)
    let expected = [UInt8](repeating: 2, count: 8) + [UInt8](repeating: 1, count: 16) + [UInt8](repeating: 2, count: 8)
    #expect(datagram.bytes == expected + [3, 3, 3, 3])
    #expect(feed.anomalies.count(of: .fragmentsOverlapping) == 1)
  }

  @Test("a second end, and bytes beyond the end, do not count")
  func contradictingEnd() throws {
    var feed = Feed()
    _ = feed.add([1, 1, 1, 1], at: 8, more: false)
    _ = feed.add([2, 2, 2, 2], at: 16, more: false)
    _ = feed.add([UInt8](repeating: 3, count: 8), at: 24, more: true)
    let last = feed.add([UInt8](repeating: 0, count: 8), at: 0, more: true)
    #expect(last?.bytes == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    #expect(feed.anomalies.count(of: .fragmentsOverlapping) == 2)
  }

  @Test("RFC 8200 section 4.5: a piece that is not a multiple of eight, or reaches beyond 65535, is malformed")
  func malformed() {
    var feed = Feed()
    #expect(feed.add([1, 2, 3], at: 0, more: true) == nil)
    #expect(feed.add([], at: 8, more: true) == nil)
    #expect(feed.add([UInt8](repeating: 0, count: 16), at: 65528, more: false) == nil)
    #expect(feed.anomalies.count(of: .headerMalformed) == 3)
    #expect(feed.reassembler.openDatagrams == 0)
  }

  @Test("RFC 8200 section 4.5: after 60 seconds the rest is not waited for, and its first frame is named")
  func timeout() {
    var feed = Feed()
    _ = feed.add(piece: Self.pieces[0], seconds: 0)
    _ = feed.add(piece: Self.pieces[1], identification: 2, seconds: 60)
    #expect(feed.reassembler.openDatagrams == 2)
    #expect(feed.add(piece: Self.pieces[2], seconds: 61) == nil)
    #expect(feed.anomalies.count(of: .fragmentsIncomplete) == 1)
    #expect(feed.anomalies.amount(of: .fragmentsIncomplete) == 1480)
    #expect(feed.anomalies.lines.first?.entry.frames.map(\.number) == [1])
    feed.reassembler.finish(anomalies: &feed.anomalies)
    #expect(feed.anomalies.count(of: .fragmentsIncomplete) == 3)
    #expect(feed.reassembler.openDatagrams == 0)
  }

  @Test("two taps: fragments after the datagram was complete are copies, not a loss")
  func copies() {
    var feed = Feed()
    for piece in Self.pieces { _ = feed.add(piece: piece) }
    #expect(feed.add(piece: Self.pieces[2]) == nil)
    feed.reassembler.finish(anomalies: &feed.anomalies)
    #expect(feed.anomalies.lines.isEmpty)
    // All of them once more make the datagram once more.
    for piece in Self.pieces.dropLast() { _ = feed.add(piece: piece) }
    #expect(feed.add(piece: Self.pieces[2])?.bytes == Self.whole)
  }

  @Test("a fragment that the snapshot length cut never completes the datagram")
  func cut() {
    var feed = Feed()
    #expect(feed.add(Array(Self.whole[0..<100]), at: 0, more: true, promised: 1480) == nil)
    #expect(feed.add(Array(Self.whole[1480..<1500]), at: 1480, more: false) == nil)
    feed.reassembler.finish(anomalies: &feed.anomalies)
    #expect(feed.anomalies.count(of: .fragmentsIncomplete) == 1)
  }

  @Test("RFC 8200 section 4.5: the first fragment names the protocol; IPv4 keeps protocols apart")
  func protocols() {
    var feed = Feed()
    #expect(feed.add([9], at: 8, more: false, ipProtocol: 0, isV6: true) == nil)
    let six = feed.add([UInt8](repeating: 0, count: 8), at: 0, more: true, ipProtocol: 17, isV6: true)
    #expect(six?.ipProtocol == 17)
    #expect(feed.add([9], at: 8, more: false, ipProtocol: 6) == nil)
    #expect(feed.add([UInt8](repeating: 0, count: 8), at: 0, more: true, ipProtocol: 17) == nil)
    #expect(feed.reassembler.openDatagrams == 2)
  }

  @Test("a flood of first fragments, of fragments, and of bytes stays within the bounds")
  func bounds() {
    var feed = Feed()
    for identification in 0..<UInt32(FragmentReassembler.openDatagramLimit + 10) {
      _ = feed.add([UInt8](repeating: 0, count: 8), at: 0, more: true, identification: identification)
    }
    #expect(feed.reassembler.openDatagrams == FragmentReassembler.openDatagramLimit)
    #expect(feed.anomalies.count(of: .fragmentsEvicted) == 10)
    var doubled = Feed()
    for _ in 0...FragmentReassembler.fragmentLimit {
      _ = doubled.add([UInt8](repeating: 0, count: 8), at: 0, more: true)
    }
    #expect(doubled.anomalies.count(of: .fragmentsEvicted) == 1)
    #expect(doubled.reassembler.openDatagrams == 0)
    var large = Feed()
    for identification in 0..<UInt32(300) {
      _ = large.add([UInt8](repeating: 0, count: 8), at: 65520, more: true, identification: identification)
    }
    #expect(large.reassembler.openDatagrams <= FragmentReassembler.bufferedByteLimit / 65528)
    #expect(large.anomalies.count(of: .fragmentsEvicted) > 0)
  }
}
