import ByteReading
import CaptureFacts
import MediaStreams
import SecurityAssociations

extension EntryPoint {
  static let media = [
    // Each record is a datagram; the marks choose the ends.
    EntryPoint("media-streams", .records) { bytes in
      var table = expectingTable()
      forEachArrival(bytes) { content, arrival, marks in
        table.receive(content, arrival)
        follow(&table, to: arrival.time)
      }
      finish(&table)
    },
    // The same with keys, to one receiver. Bits 2 to 4 of the marks say what a record is: all set, the value of a crypto
    // attribute of the sender; the lowest set, a datagram as it is; else one that is given its tag first, with the others
    // as its rollover counter.
    EntryPoint("secured-media", .records) { bytes in
      var secured = SecuredMedia()
      var table = expectingTable()
      for place in MediaSealing.attributes.indices {
        let attribute = Array(MediaSealing.attributes[place].utf8)
        secured.learn(MediaKey.keys(attribute.rawSpan, in: 0..<attribute.count), of: end(of: place), at: firstTime)
      }
      forEachArrival(bytes) { content, arrival, marks in
        var arrival = arrival
        arrival.destination = end(of: 2)
        if marks & 0x1c == 0x1c {
          let keys = MediaKey.keys(content, in: 0..<content.byteCount)
          if keys.count > MediaKey.mostKeys { fail("more keys than the bound") }
          secured.learn(keys, of: arrival.source, at: arrival.time)
          return
        }
        let datagram =
          marks & 4 != 0
          ? content.copied(0..<content.byteCount)
          : MediaSealing.sealed(content, ofSender: Int(marks & 3), rollover: marks >> 3 & 3)
        let count = secured.open(
          datagram.rawSpan, from: arrival.source, to: arrival.destination, at: arrival.time)
        guard let count else { return table.receive(datagram.rawSpan, arrival) }
        if count > datagram.count { fail("more was opened than was there") }
        let opened = secured.opened
        table.receive(opened.rawSpan.extracting(0..<count), arrival)
        follow(&table, to: arrival.time)
      }
      finish(&table)
    },
    // A stream of MSRP.
    EntryPoint("message-session", .lines) { bytes in
      var table = MediaStreamTable()
      var number: UInt64 = 0
      frame(bytes) { part, scanned in
        let verdict = MessageSessionFraming.next(in: part, resumingAt: scanned)
        if case .message(let length) = verdict {
          number += 1
          table.receive(
            messageSession: part.extracting(0..<length),
            MediaArrival(
              source: end(of: Int(number & 1)), destination: end(of: 2), time: firstTime,
              frame: FrameReference(number: number), identification: 0))
        }
        return verdict
      }
      finish(&table)
    },
  ]

  private static let firstTime = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

  private static func end(of place: Int) -> Endpoint {
    Endpoint(address: IPAddress(v4: 0x0a00_0001 + UInt32(place)), port: 4000 + UInt16(place & 1))
  }

  /// A table in which each end announced a codec, and two of them fax.
  private static func expectingTable() -> MediaStreamTable {
    var table = MediaStreamTable()
    for (place, codec) in zip(0..<4, MediaCodec.allCases) {
      table.expect(
        MediaExpectation(
          endpoint: end(of: place), kind: place & 1 == 0 ? .rtp : .fax,
          formats: MediaCodec.allCases.enumerated().map { place, codec in
            PayloadFormat(payloadType: UInt8(96 + place % 32), codec: codec, clockRate: 8000)
          } + [PayloadFormat(payloadType: 0, codec: codec, clockRate: 8000)]), at: firstTime)
    }
    return table
  }

  /// The records of an input as datagrams: two bits of their marks choose the sender, two the receiver, three the time.
  private static func forEachArrival(_ bytes: RawSpan, _ take: (RawSpan, MediaArrival, UInt8) -> Void) {
    var records = InputRecords(bytes)
    var time = firstTime
    var number: UInt64 = 0
    while let (marks, content) = records.next() {
      number += 1
      time = time.advanced(byNanoseconds: PacketForm.pause(marks))
      let arrival = MediaArrival(
        source: end(of: Int(marks & 3)), destination: end(of: Int(marks >> 2 & 3)), time: time,
        frame: FrameReference(number: number), identification: UInt32(marks & 16))
      take(bytes.extracting(content), arrival, marks)
    }
  }

  private static func follow(_ table: inout MediaStreamTable, to time: Timestamp) {
    table.advance(to: time)
    _ = table.takeClosed()
    _ = table.takeEvictions()
  }

  private static func finish(_ table: inout MediaStreamTable) {
    table.finish()
    for stream in table.takeClosed() { _ = stream }
  }
}
