import ByteReading
import CaptureFacts
import Testing

@testable import MediaStreams

/// Streams as packets make them.
@Suite struct MediaStreamTableTests {
  private typealias Packets = MediaPackets

  @Test("the jitter of RFC 3550 section 6.4.1, packet by packet") func jitter() throws {
    // Packets of 20 ms that come 20, 30 and 10 ms after each other: D is 0, 10 and 10 ms.
    let streams = Packets.streams(
      [
        (Packets.packet(1, 0), 0), (Packets.packet(2, 160), 20), (Packets.packet(3, 320), 50),
        (Packets.packet(4, 480), 60),
      ], formats: [PayloadFormat(payloadType: 8, codec: .pcma, clockRate: 8000)])
    let stream = try #require(streams.first)
    let second = 10.0 / 16
    let third = second + (10 - second) / 16
    #expect(abs(Double(stream.lastJitter ?? 0) / 1e6 - third) < 1e-5)
    #expect(abs(Double(stream.greatestJitter ?? 0) / 1e6 - third) < 1e-5)
    #expect(abs(Double(stream.meanJitter ?? 0) / 1e6 - (second + third) / 3) < 1e-5)
    #expect(stream.largestGap == 30_000_000)
    #expect(stream.largestGapFrame.number == 3)
    #expect(stream.evidence == .description)
  }

  @Test("the short way of a stream leaves what the whole way does; none at ports of tunnels") func shortWay() throws {
    let ends = [
      (Packets.caller, Packets.callee),
      (
        Endpoint(address: IPAddress(high: 0x2001_0db8_0000_0000, low: 1), port: 4000),
        Endpoint(address: IPAddress(high: 0x2001_0db8_0000_0000, low: 2), port: 5000)
      ),
    ]
    let numbers: [UInt16] = [1, 2, 3, 5, 5, 4, 6, 7, 20, 21]
    for (source, destination) in ends {
      for isAtTunnelPort in [false, true] {
        var told: [[ObservedMediaStream]] = []
        for isShort in [false, true] {
          var table = MediaStreamTable()
          let format = PayloadFormat(payloadType: 8, codec: .pcma, clockRate: 8000)
          table.expect(
            MediaExpectation(endpoint: destination, kind: .rtp, formats: [format]), at: Timestamp(nanoseconds: 0))
          var taken = 0
          for (index, number) in numbers.enumerated() {
            let packet = Packets.packet(number, UInt32(number) * 160)
            var arrival = Packets.arrival(
              Double(index) * 21, frame: UInt64(index + 1), from: source, to: destination,
              identification: UInt32(number))
            arrival.isAtTunnelPort = isAtTunnelPort
            var isTaken = false
            if isShort, let flow = IPv4Flow(from: source, to: destination) {
              isTaken = table.receive(known: packet.rawSpan, of: flow, arrival.packet)
            } else if isShort {
              isTaken = table.receive(known: packet.rawSpan, from: source, to: destination, arrival.packet)
            }
            if isTaken { taken += 1 } else { table.receive(packet.rawSpan, arrival) }
          }
          table.finish()
          told.append(table.takeClosed())
          // The first one opens the stream.
          #expect(taken == (isShort && !isAtTunnelPort ? numbers.count - 1 : 0))
        }
        #expect(String(describing: told[0]) == String(describing: told[1]) && told[0].first?.packets == 9)
      }
    }
  }

  @Test("CNAME and APP, on the port of RTP and on another one (RFC 3550 sections 6.5 and 6.7)", arguments: [0, 1, 40])
  func descriptions(portOffset: UInt16) throws {
    var table = MediaStreamTable()
    for index in 0..<10 {
      table.receive(
        Packets.packet(UInt16(index), UInt32(index) * 160).rawSpan, Packets.arrival(Double(index) * 20))
    }
    let name = Array("ue@10.0.0.1".utf8)
    // RR without blocks; SDES with a chunk of TOOL and CNAME, and one of a source that is no stream; APP.
    var compound: [UInt8] = [0x80, 201, 0, 1] + Packets.bytes(UInt32(0x1234))
    let first = Packets.bytes(UInt32(0x1234)) + [6, 2, 0x58, 0x59, 1, UInt8(name.count)] + name + [0, 0, 0]
    let second = Packets.bytes(UInt32(0x9999)) + [1, 1, 0x5a, 0]
    #expect(first.count % 4 == 0 && second.count % 4 == 0)
    compound += [0x82, 202] + Packets.bytes(UInt16((first.count + second.count) / 4)) + first + second
    compound += [0x80, 204, 0, 2] + Packets.bytes(UInt32(0x1234)) + Array("PoC1".utf8)
    let source = Endpoint(address: Packets.caller.address, port: Packets.caller.port + portOffset)
    let destination = Endpoint(address: Packets.callee.address, port: Packets.callee.port + portOffset)
    for end in 8...compound.count {
      // Cut anywhere it does no harm; whole it comes last.
      let part = Array(compound[..<end])
      table.receive(part.rawSpan, Packets.arrival(200, from: source, to: destination))
    }
    table.finish()
    let stream = try #require(table.takeClosed().first)
    #expect(stream.canonicalName == "ue@10.0.0.1")
    #expect(stream.applicationPackets == 1)
  }

  @Test("what nobody announced is media after eight packets in order, not before", arguments: [7, 8])
  func structure(count: Int) {
    let streams = Packets.streams(
      (0..<count).map { (Packets.packet(UInt16($0), UInt32($0) * 160), Double($0) * 20) })
    #expect(streams.count == (count >= 8 ? 1 : 0))
    #expect(streams.first?.evidence ?? .structure == .structure)
  }

  @Test("a description that comes late tells the clock of what came before it") func lateDescription() throws {
    var table = MediaStreamTable()
    for index in 0..<20 {
      if index == 10 {
        table.expect(
          MediaExpectation(
            endpoint: Packets.callee, kind: .rtp,
            formats: [PayloadFormat(payloadType: 104, codec: .amrWB, clockRate: 16000)]),
          at: Timestamp(nanoseconds: 0))
      }
      let packet = Packets.packet(
        UInt16(index), UInt32(index) * 320, type: 104, payload: [0xf0, 0x44] + Array(repeating: 0, count: 32))
      table.receive(packet.rawSpan, Packets.arrival(Double(index) * 20 + (index % 2 == 0 ? 0 : 2)))
    }
    table.finish()
    let stream = try #require(table.takeClosed().first)
    #expect(stream.clockRate == 16000)
    #expect(!stream.isClockRateEstimated)
    #expect(stream.codec == .amrWB)
    #expect(stream.formats.map(\.packets) == [20])
    // D is 2 ms each time, from the first packet on.
    #expect((1_000_000...2_000_000).contains(stream.greatestJitter ?? 0))
  }

  @Test("without a description the clock that fits is taken, and said to be an estimate") func estimate() throws {
    let streams = Packets.streams(
      (0..<30).map { (Packets.packet(UInt16($0), UInt32($0) * 960, type: 111), Double($0) * 20) })
    let stream = try #require(streams.first)
    #expect(stream.clockRate == 48000)
    #expect(stream.isClockRateEstimated)
  }

  @Test("a copy from another capture point is none that the sender made") func copies() throws {
    var table = MediaStreamTable()
    for index in 0..<20 {
      for tap in 0..<2 {
        table.receive(
          Packets.packet(UInt16(index), UInt32(index) * 160).rawSpan,
          Packets.arrival(Double(index * 20 + tap), identification: UInt32(index + 1)))
      }
      if index == 5 {
        table.receive(
          Packets.packet(UInt16(index), UInt32(index) * 160).rawSpan,
          Packets.arrival(Double(index * 20 + 3), identification: 999))
      }
    }
    table.finish()
    let stream = try #require(table.takeClosed().first)
    #expect(stream.packets == 21)
    #expect(stream.copies == 20)
    #expect(stream.duplicates == 1)
    #expect(stream.lost == 0)
  }

  @Test("a stream that was silent is told, and goes on as another part of the same") func parts() throws {
    var table = MediaStreamTable()
    var parts: [ObservedMediaStream] = []
    for index in 0..<40 {
      let time = Double(index * 20) + (index >= 20 ? 60_000 : 0)
      let arrival = Packets.arrival(time)
      table.receive(Packets.packet(UInt16(index + (index >= 20 ? 500 : 0)), UInt32(index) * 160).rawSpan, arrival)
      table.advance(to: arrival.time)
      table.advance(to: arrival.time.advanced(byNanoseconds: index == 19 ? 30_000_000_000 : 0))
      parts += table.takeClosed()
    }
    table.finish()
    parts += table.takeClosed()
    #expect(parts.map(\.packets) == [20, 20])
    var whole = parts[0]
    #expect(whole.isContinued(by: parts[1]))
    whole.append(parts[1])
    #expect(whole.packets == 40)
    #expect(whole.lost == 0)
    #expect(whole.expected == 40)
  }

  @Test("a new source on the same ports is another stream") func newSource() {
    let streams = Packets.streams(
      (0..<40).map {
        (Packets.packet(UInt16($0), UInt32($0) * 160, source: $0 < 20 ? 1 : 2), Double($0) * 20)
      })
    #expect(streams.map(\.synchronizationSource) == [1, 2])
  }

  @Test("a digit is several packets with one timestamp (RFC 4733 section 2.5.1)") func telephoneEvents() throws {
    var packets = (0..<10).map { (Packets.packet(UInt16($0), UInt32($0) * 160), Double($0) * 20) }
    for (index, duration) in [160, 320, 480, 480].enumerated() {
      let payload: [UInt8] = [5, index >= 2 ? 0x8a : 0x0a] + Packets.bytes(UInt16(duration))
      packets.append((Packets.packet(UInt16(10 + index), 1600, type: 101, payload: payload), 200 + Double(index) * 20))
    }
    packets += (14..<20).map { (Packets.packet(UInt16($0), UInt32($0) * 160), Double($0) * 20) }
    let stream = try #require(
      Packets.streams(
        packets,
        formats: [
          PayloadFormat(payloadType: 8, codec: .pcma, clockRate: 8000),
          PayloadFormat(payloadType: 101, codec: .telephoneEvent, clockRate: 8000),
        ]
      ).first)
    #expect(stream.telephoneEventCount == 1)
    #expect(stream.telephoneEvents.first?.digit == "5")
    #expect(stream.telephoneEvents.first?.duration == 60_000_000)
    #expect(stream.codecChanges == 0)
    #expect(stream.greatestJitter == 0)
    #expect(stream.formats.map(\.packets) == [16, 4])
  }

  @Test("the way to the receiver and back by LSR and DLSR (RFC 3550 section 6.4.1)") func roundTrip() throws {
    var table = MediaStreamTable()
    for index in 0..<10 {
      table.receive(
        Packets.packet(UInt16(index), UInt32(index) * 160).rawSpan, Packets.arrival(Double(index) * 20))
    }
    // SR of the source at 200 ms with NTP 0x1_8000_0000; RR of the receiver at 300 ms, 65 ms after it received it.
    let ports = (
      Endpoint(address: Packets.caller.address, port: 4001), Endpoint(address: Packets.callee.address, port: 5001)
    )
    let sender: [UInt8] =
      [0x80, 200, 0, 6] + Packets.bytes(UInt32(0x1234)) + Packets.bytes(UInt64(0x1_8000_0000))
      + Packets.bytes(UInt32(1600)) + Packets.bytes(UInt32(10)) + Packets.bytes(UInt32(400))
    table.receive(sender.rawSpan, Packets.arrival(200, from: ports.0, to: ports.1))
    let block: [UInt8] =
      Packets.bytes(UInt32(0x1234)) + [26, 0xff, 0xff, 0xfe] + Packets.bytes(UInt32(9)) + Packets.bytes(UInt32(80))
      + Packets.bytes(UInt32(0x1_8000)) + Packets.bytes(UInt32(65 * 65536 / 1000))
    let receiver: [UInt8] = [0x81, 201, 0, 7] + Packets.bytes(UInt32(0x9999)) + block
    table.receive(receiver.rawSpan, Packets.arrival(300, from: ports.1, to: ports.0))
    table.finish()
    let stream = try #require(table.takeClosed().first)
    let reported = try #require(stream.reported)
    #expect(reported.lost == -2)
    #expect(reported.greatestFractionLost == 26)
    #expect(reported.jitter == 10_000_000)
    #expect(abs((reported.meanRoundTrip ?? 0) - 35_000_000) < 20_000)
    #expect(stream.senderReports == 1)
    #expect(table.controlPackets == 2)
  }

  @Test("what is full closes what was silent for longest, and finds everything else") func bound() {
    var table = MediaStreamTable()
    let formats = [PayloadFormat(payloadType: 8, codec: .pcma, clockRate: 8000)]
    table.expect(
      MediaExpectation(endpoint: Packets.callee, kind: .rtp, formats: formats), at: Timestamp(nanoseconds: 0))
    let count = MediaStreamTable.limit + 100
    for index in 0..<count {
      table.receive(
        Packets.packet(1, 0, source: UInt32(index + 1)).rawSpan, Packets.arrival(Double(index) / 100))
    }
    table.finish()
    #expect(table.takeClosed().count == count)
    #expect(!table.takeEvictions().isEmpty)
  }

  @Test("at the end streams are told so many at a time, in the order in which they are kept") func portions() {
    var table = MediaStreamTable()
    let formats = [PayloadFormat(payloadType: 8, codec: .pcma, clockRate: 8000)]
    table.expect(
      MediaExpectation(endpoint: Packets.callee, kind: .rtp, formats: formats), at: Timestamp(nanoseconds: 0))
    for source in 1...5 as ClosedRange<UInt32> {
      table.receive(Packets.packet(1, 0, source: source).rawSpan, Packets.arrival(Double(source)))
    }
    var told: [[UInt32]] = []
    var hasMore = true
    while hasMore {
      hasMore = table.finish(atMost: 2)
      told.append(table.takeClosed().map(\.synchronizationSource))
    }
    #expect(told == [[1, 2], [3, 4], [5]])
  }

  @Test("no packet of any length or content traps") func hostile() {
    var table = MediaStreamTable()
    var state: UInt64 = 7
    for index in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let length = Int(state >> 40 % 80) % 90
      var bytes = (0..<length).map { UInt8(truncatingIfNeeded: state >> UInt64($0 % 56)) }
      if length > 1 {
        bytes[0] = 0x80 | bytes[0] & 0x3f
        if index % 3 == 0 { bytes[1] = 200 + UInt8(index % 8) }
      }
      guard RTPHeader.hasVersion(bytes.rawSpan) else { continue }
      table.receive(bytes.rawSpan, Packets.arrival(Double(index)))
    }
    table.finish()
    #expect(table.takeClosed().count >= 0)
  }
}
