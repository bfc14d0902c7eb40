import ByteReading

/// A capture made of messages: whoever makes up messages need not make up what carries them.
public enum SignallingCapture {
  /// A classic capture file of raw IP with the records of an input. Their marks choose the carrier (bits 0 and 1), which
  /// of two hosts sends (bit 2), to which of four (bits 3 and 4), and how much later (bits 5 to 7).
  public static func file(of bytes: RawSpan) -> [UInt8] {
    var file: [UInt8] = [0x4d, 0x3c, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 101, 0, 0, 0]
    var records = InputRecords(bytes)
    var time: Int64 = 1_700_000_000_000_000_000
    var sequence: [UInt8: UInt32] = [:]
    var transmission: [UInt8: UInt32] = [:]
    while let (marks, range) = records.next() {
      time += PacketForm.pause(marks)
      let content = bytes.extracting(range)
      let isAnswer = marks & 4 != 0
      let peer = 2 + (marks >> 3 & 3)
      let ports: [UInt8] = isAnswer ? [0x13, 0xc4 + peer, 0x13, 0xc4] : [0x13, 0xc4, 0x13, 0xc4 + peer]
      var payload: [UInt8]
      let ipProtocol: UInt8
      let path = marks & 0x1c
      switch marks & 3 {
      case 0:
        ipProtocol = 17
        payload = ports + big16(content.byteCount + 8) + [0, 0]
      case 1:
        ipProtocol = 6
        let number = sequence[path, default: 1]
        let acknowledged = sequence[path ^ 4, default: 1]
        sequence[path] = number &+ UInt32(content.byteCount)
        payload = ports + big32(number) + big32(acknowledged) + [0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0]
      case 2:
        ipProtocol = 132
        let number = transmission[path, default: 1]
        transmission[path] = number &+ 1
        payload = ports + big32(isAnswer ? 2 : 1) + [0, 0, 0, 0, 0, 3] + big16(content.byteCount + 16)
        payload += big32(number) + [0, 0] + big16(Int(number)) + big32(46)
      default:
        // What the record holds is all behind the IP header; its first byte is the protocol.
        ipProtocol = content.byteCount > 0 ? content.byte(at: 0) : 0
        payload = []
      }
      payload.append(content, in: (marks & 3 == 3 ? min(1, content.byteCount) : 0)..<content.byteCount)
      if marks & 3 == 2 { while payload.count % 4 != 0 { payload.append(0) } }
      let packet = PacketForm(
        ipProtocol: ipProtocol, source: isAnswer ? peer : 1, destination: isAnswer ? 1 : peer,
        identification: UInt16(truncatingIfNeeded: file.count)
      ).packet(payload.rawSpan)
      file += little32(UInt32(clamping: time / 1_000_000_000)) + little32(UInt32(time % 1_000_000_000))
      file += little32(UInt32(packet.count)) + little32(UInt32(packet.count)) + packet
    }
    return file
  }

  /// The marks of a record: by datagram (0), segment (1) or chunk (2), on one of the four paths, from its second host where
  /// `isBack`, so many nanoseconds after the one before, or the longest pause below that can be said.
  public static func marks(carrier: UInt8, path: UInt8, isBack: Bool, pause: Int64) -> UInt8 {
    carrier | (isBack ? 4 : 0) | path << 3 | PacketForm.marks(ofPause: pause)
  }

  private static func big16(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  private static func big32(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func little32(_ value: UInt32) -> [UInt8] {
    big32(value).reversed()
  }
}
