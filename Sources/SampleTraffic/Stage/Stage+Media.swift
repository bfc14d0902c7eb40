import CaptureFacts

extension Stage {
  /// RTP, a packet each 20 ms in each direction (RFC 3550 section 5.1); the clock does not move.
  mutating func sendMedia(_ dialog: SIPDialog, _ plan: MediaPlan, of call: String) {
    let start = clock
    defer { clock = start }
    let sources = (UInt32(truncatingIfNeeded: random.next()), UInt32(truncatingIfNeeded: random.next()))
    for isFromCaller in plan.isOneWay ? [true] : [true, false] {
      clock = start + (isFromCaller ? 0 : 7_000_000)
      sendStream(dialog, plan, isFromCaller: isFromCaller, source: isFromCaller ? sources.0 : sources.1, of: call)
    }
  }

  private mutating func sendStream(
    _ dialog: SIPDialog, _ plan: MediaPlan, isFromCaller: Bool, source: UInt32, of call: String
  ) {
    let near = isFromCaller ? dialog.callerMedia : dialog.calleeMedia
    let far = isFromCaller ? dialog.calleeMedia : dialog.callerMedia
    let format = near.format
    let ends = (
      Endpoint(address: near.address, port: near.port), Endpoint(address: far.address, port: far.port)
    )
    var truth = MediaTruth(
      call: call, source: ends.0.description, destination: ends.1.description, synchronizationSource: source,
      codec: format.name)
    truth.isSecured = near.suite != nil
    let protection = near.protection
    let begin = clock
    var sequence = UInt16(truncatingIfNeeded: random.next())
    let firstTimestamp = UInt32(truncatingIfNeeded: random.next())
    var lostInRow = 0
    var place = 0
    func timestamp(_ milliseconds: Int) -> UInt32 {
      firstTimestamp &+ UInt32(milliseconds * format.clockRate / 1000)
    }
    var events = isFromCaller ? Array(plan.digits.utf8)[...] : []
    while place < plan.milliseconds / 20 {
      let time = begin + Int64(place) * 20_000_000
      if place >= 10, place % 10 == 0, let digit = events.popFirst() {
        sendDigit(
          digit, at: time, ends, source: source, sequence: &sequence, timestamp: timestamp(place * 20), protection,
          &truth)
        truth.digits += 1
        place += 5
        continue
      }
      let plain = Stage.packet(
        format.payloadType, isMarked: place == 0, sequence, timestamp(place * 20), source,
        format.payload(using: &random))
      let packet = protection?.protected(plain) ?? plain
      sequence &+= 1
      let arrival = time + (plan.jitter == 0 ? 0 : Int64(random.next() % UInt64(plan.jitter * 1_000_000)))
      if isFromCaller, plan.lost.contains(place) {
        truth.lost += 1
        lostInRow += 1
        truth.longestLoss = max(truth.longestLoss, lostInRow)
      } else {
        lostInRow = 0
        let isLate = isFromCaller && plan.late.contains(place)
        send(packet, ends, at: arrival + (isLate ? 25_000_000 : 0))
        truth.packets += 1
        if isLate { truth.late += 1 }
        if isFromCaller, plan.doubled.contains(place) {
          send(packet, ends, at: arrival + 3_000_000)
          truth.packets += 1
          truth.doubled += 1
        }
      }
      place += 1
    }
    if plan.hasReports {
      let share = UInt8(truncatingIfNeeded: truth.lost * 256 / max(1, truth.lost + truth.packets))
      report(of: source, by: ends, at: clock + Int64(plan.milliseconds) * 1_000_000, share, truth, sequence &- 1)
      truth.reportedLoss = share
    }
    self.truth.media.append(truth)
  }

  /// One key: a packet each 20 ms with a growing duration, the last one three times (RFC 4733 section 2.5.1).
  private mutating func sendDigit(
    _ digit: UInt8, at time: Int64, _ ends: (Endpoint, Endpoint), source: UInt32, sequence: inout UInt16,
    timestamp: UInt32, _ protection: MediaProtection?, _ truth: inout MediaTruth
  ) {
    let event: UInt8 = digit == UInt8(ascii: "*") ? 10 : digit == UInt8(ascii: "#") ? 11 : digit & 0x0f
    for step in 1...7 {
      let duration = UInt16(min(step, 5) * 160)
      var payload: [UInt8] = [event, step >= 5 ? 0x8a : 0x0a]
      payload.append(bigEndian: duration)
      let plain = Stage.packet(101, isMarked: step == 1, sequence, timestamp, source, payload)
      send(
        protection?.protected(plain) ?? plain, ends,
        at: time + Int64(min(step, 5) - 1) * 20_000_000 + Int64(max(0, step - 5)) * 1_000_000)
      sequence &+= 1
      truth.packets += 1
    }
  }

  /// A receiver report on a stream, from who receives it, on the ports above those of RTP (RFC 3550 sections 6.4.2 and 11).
  private mutating func report(
    of source: UInt32, by ends: (Endpoint, Endpoint), at time: Int64, _ share: UInt8, _ truth: MediaTruth,
    _ highest: UInt16
  ) {
    var packet: [UInt8] = [0x81, 201, 0, 7]
    packet.append(bigEndian: UInt32(truncatingIfNeeded: random.next()))
    packet.append(bigEndian: source)
    packet.append(bigEndian: UInt32(share) << 24 | UInt32(truth.lost))
    packet.append(bigEndian: UInt32(highest))
    packet.append(bigEndian: UInt32(truth.late == 0 ? 8 : 40))
    packet.append(bigEndian: UInt32(0))
    packet.append(bigEndian: UInt32(0))
    send(
      packet,
      (
        Endpoint(address: ends.1.address, port: ends.1.port + 1),
        Endpoint(address: ends.0.address, port: ends.0.port + 1)
      ), at: time)
  }

  private static func packet(
    _ payloadType: UInt8, isMarked: Bool, _ sequence: UInt16, _ timestamp: UInt32, _ source: UInt32, _ payload: [UInt8]
  ) -> [UInt8] {
    var packet: [UInt8] = [0x80, payloadType | (isMarked ? 0x80 : 0)]
    packet.append(bigEndian: sequence)
    packet.append(bigEndian: timestamp)
    packet.append(bigEndian: source)
    return packet + payload
  }

  private mutating func send(_ packet: [UInt8], _ ends: (Endpoint, Endpoint), at time: Int64) {
    clock = time
    transmit(.datagram(packet), from: ends.0, to: ends.1, transport: .udp)
  }
}
