import ByteReading
import CaptureFacts
import MediaStreams

extension EntryPoint {
  static let media = [
    // Each record is a datagram; the marks choose the ends.
    EntryPoint("media-streams", .records) { bytes in
      var table = MediaStreamTable()
      var records = InputRecords(bytes)
      var time = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
      var number: UInt64 = 0
      let ends = (0..<4).map { Endpoint(address: IPAddress(v4: 0x0a00_0001 + $0), port: 4000 + UInt16($0 & 1)) }
      for (end, codec) in zip(ends, MediaCodec.allCases) {
        table.expect(
          MediaExpectation(
            endpoint: end, kind: end.port == 4000 ? .rtp : .fax,
            formats: MediaCodec.allCases.enumerated().map { place, codec in
              PayloadFormat(payloadType: UInt8(96 + place % 32), codec: codec, clockRate: 8000)
            } + [PayloadFormat(payloadType: 0, codec: codec, clockRate: 8000)]), at: time)
      }
      while let (marks, content) = records.next() {
        number += 1
        time = time.advanced(byNanoseconds: PacketForm.pause(marks))
        table.advance(to: time)
        let arrival = MediaArrival(
          source: ends[Int(marks & 3)], destination: ends[Int(marks >> 2 & 3)], time: time,
          frame: FrameReference(number: number), identification: UInt32(marks & 16))
        table.receive(bytes.extracting(content), arrival)
        _ = table.takeClosed()
        _ = table.takeEvictions()
      }
      table.finish()
      for stream in table.takeClosed() { _ = stream }
    }
  ]
}
