import ByteReading
import CaptureFacts
import PacketLayers

/// Reads the chunks of SCTP packets (RFC 9260) and passes on their user messages, each as soon as it is whole.
///
/// Messages stand alone here, so none waits for its turn in its stream: only fragments wait, for those beside them. A
/// message in one chunk is handed on borrowed from its packet. An association is one over all of its paths.
public struct SCTPReassembler: ~Copyable, Sendable {
  let limits: SCTPLimits
  private let checksum: CRC32c?

  var table = SCTPAssociationTable()

  /// Associations with fragments waiting, those that began to wait first in front.
  var waiting = SlotList.Ends()
  var waitingLinks = SlotList()

  /// What all fragments take up.
  var fragmentCost = 0

  /// Hashes what a HEARTBEAT carries.
  let contentKey = HashKey()

  /// No timer is due before this.
  public internal(set) var nextDue = Timestamp(nanoseconds: .max)

  /// Makes a reassembler that has seen nothing yet. Where `verifiesChecksums` is set, a packet whose CRC32c is wrong is
  /// recorded and ignored; captures taken on the sending host may have checksums that the adapter fills in later.
  public init(limits: SCTPLimits = .default, verifiesChecksums: Bool = false) {
    self.limits = limits
    checksum = verifiesChecksums ? CRC32c() : nil
  }

  /// How many associations are being followed, those that ended moments ago among them.
  public var associationCount: Int { table.count }

  /// How many bytes of fragments wait, with what it costs to keep them.
  public var bufferedBytes: Int { fragmentCost }

  /// What the association in this slot went through so far; nil where the slot is not in use.
  public func health(slot: UInt32) -> SCTPAssociationHealth? {
    guard Int(slot) < table.associations.count, table.associations[Int(slot)].phase != .free else { return nil }
    return assembledHealth(slot)
  }

  /// Takes one packet and passes on what it makes deliverable.
  ///
  /// - Parameters:
  ///   - packet: the packet; its ends tell the path, its `promisedPayloadLength` whether the capture cut it.
  ///   - header: its common header.
  ///   - payload: its chunks, borrowed.
  ///   - time: when it was captured.
  ///   - frame: its frame.
  ///   - point: where it was captured.
  ///   - consumer: what takes messages, events and anomalies.
  public mutating func receive<Consumer: StreamConsumer & ~Copyable>(
    _ packet: DecodedPacket, header: SCTPCommonHeader, payload: RawSpan, time: Timestamp, frame: FrameReference,
    point: CapturePointHandle, into consumer: inout Consumer
  ) {
    advance(to: time, into: &consumer)
    let arrival = SCTPArrival(
      source: packet.source, destination: packet.destination, tag: header.verificationTag, time: time, frame: frame,
      path: packet.path, point: point, missing: max(0, packet.promisedPayloadLength - payload.byteCount))
    if let checksum, arrival.missing == 0, !isIntact(arrival, header, payload, checksum) {
      consumer.note(Anomaly(kind: .checksumWrong, layer: .sctp, frame: frame))
      return
    }
    guard payload.byteCount >= 4 else {
      noteMalformed(arrival, at: 0, into: &consumer)
      return
    }
    guard let place = locate(arrival, payload, into: &consumer) else { return }
    touch(place.slot, place.sender, arrival)
    readChunks(of: arrival, payload, place.slot, place.sender, into: &consumer)
  }

  /// Goes through the chunks of a packet (RFC 9260 section 3.2): by their lengths, whether they are known or not.
  private mutating func readChunks<Consumer: StreamConsumer & ~Copyable>(
    of arrival: SCTPArrival, _ payload: RawSpan, _ slot: UInt32, _ sender: SCTPAssociation.End,
    into consumer: inout Consumer
  ) {
    var offset = 0
    while payload.byteCount - offset >= 4 {
      let length = Int(payload.bigEndianUInt16(at: offset + 2))
      let available = payload.byteCount - offset
      let type = SCTPChunkType(rawValue: payload.byte(at: offset))
      guard length >= 4, length >= type?.fixedLength ?? 4, length <= available + arrival.missing else {
        noteMalformed(arrival, at: offset, into: &consumer)
        return
      }
      guard length <= available else {
        if type == .data || type == .interleavedData {
          consumer.note(
            Anomaly(
              kind: .streamBytesLost, layer: .sctp, frame: arrival.frame, offset: UInt32(clamping: offset),
              detail: UInt32(clamping: length - available)))
        }
        return
      }
      switch type {
      case .data, .interleavedData:
        receiveData(
          slot, sender, SCTPDataChunk(payload, at: offset, isInterleaved: type == .interleavedData),
          payload.extracting(offset + (type?.fixedLength ?? 0)..<offset + length), arrival, offset: offset,
          into: &consumer)
      case nil: break
      case .some(let control):
        receiveControl(
          control, slot, sender, payload.extracting(offset..<offset + length), arrival, into: &consumer)
      }
      // The length leaves out the padding to four bytes, which the last chunk may lack.
      offset += (length + 3) & ~3
    }
    if offset < payload.byteCount { noteMalformed(arrival, at: offset, into: &consumer) }
  }

  /// Takes a DATA or I-DATA chunk.
  private mutating func receiveData<Consumer: StreamConsumer & ~Copyable>(
    _ slot: UInt32, _ sender: SCTPAssociation.End, _ chunk: SCTPDataChunk, _ bytes: RawSpan, _ arrival: SCTPArrival,
    offset: Int, into consumer: inout Consumer
  ) {
    // A chunk without user data is a protocol violation (RFC 9260 section 3.3.1).
    guard bytes.byteCount > 0 else {
      noteMalformed(arrival, at: offset, into: &consumer)
      return
    }
    let phase = table.associations[Int(slot)].phase
    if phase == .requested || phase == .unproven { table.move(slot, to: .open) }
    let side = SCTPAssociationTable.index(slot, sender)
    switch table.sides[side].window.receive(chunk.transmissionNumber) {
    case .repeated:
      table.sides[side].counts.repeatedChunks &+= 1
      consumer.receive(
        RepeatedData(
          stream: StreamIdentifier(slot: slot, direction: sender.rawValue), transport: .sctp,
          start: chunk.transmissionNumber, count: 1, frame: arrival.frame, time: arrival.time, point: arrival.point))
      return
    case .late: table.sides[side].counts.lateChunks &+= 1
    case .next: break
    }
    table.sides[side].counts.count(payloadProtocol: chunk.payloadProtocol)
    let stream = StreamIdentifier(slot: slot, direction: sender.rawValue)
    if chunk.isFirst, chunk.isLast {
      consumer.receive(
        StreamChunk(
          stream: stream, flow: arrival.flow, time: arrival.time, frame: arrival.frame, carrier: arrival.frame,
          lostBytesBefore: 0, payloadProtocol: chunk.payloadProtocol, transmissionMark: chunk.transmissionNumber,
          path: arrival.path, point: arrival.point, bytes: bytes))
      return
    }
    guard let message = keep(chunk, bytes, slot, sender, arrival, into: &consumer) else { return }
    unsafe consumer.receive(
      StreamChunk(
        stream: stream, flow: arrival.flow, time: arrival.time, frame: arrival.frame, carrier: message.carrier,
        otherCarriers: message.frames.filter { $0 != arrival.frame }, lostBytesBefore: 0,
        payloadProtocol: message.first.payloadProtocol, transmissionMark: message.first.transmissionNumber,
        path: arrival.path, point: arrival.point, bytes: message.bytes.span.bytes))
  }

  /// Keeps a fragment. Returns the message that it completes.
  private mutating func keep<Consumer: StreamConsumer & ~Copyable>(
    _ chunk: SCTPDataChunk, _ bytes: RawSpan, _ slot: UInt32, _ sender: SCTPAssociation.End, _ arrival: SCTPArrival,
    into consumer: inout Consumer
  ) -> SCTPFragmentStore.Message? {
    guard consumer.wants(StreamIdentifier(slot: slot, direction: sender.rawValue)) else { return nil }
    let side = SCTPAssociationTable.index(slot, sender)
    let wasWaiting = isWaiting(slot)
    let costBefore = table.sides[side].fragments.cost
    let message = table.sides[side].fragments.insert(chunk, bytes, frame: arrival.frame)
    fragmentCost += table.sides[side].fragments.cost - costBefore
    while table.sides[side].fragments.cost > limits.fragmentBytesPerSide {
      evictFragments(side, arrival.frame, into: &consumer)
    }
    noteWaiting(slot, before: wasWaiting)
    while fragmentCost > limits.fragmentBytes, waiting.first != SlotList.none {
      let longest = waiting.first
      let opener = SCTPAssociationTable.index(longest, .opener)
      let isOfOpener = !table.sides[opener].fragments.isEmpty
      evictFragments(isOfOpener ? opener : opener + 1, arrival.frame, into: &consumer)
      noteWaiting(longest, before: true)
    }
    return message
  }

  private mutating func evictFragments<Consumer: StreamConsumer & ~Copyable>(
    _ side: Int, _ frame: FrameReference, into consumer: inout Consumer
  ) {
    let before = table.sides[side].fragments.cost
    table.sides[side].fragments.removeOldest()
    fragmentCost += table.sides[side].fragments.cost - before
    consumer.note(Anomaly(kind: .streamBufferExceeded, layer: .sctp, frame: frame))
  }

  /// Whether fragments of either end wait.
  func isWaiting(_ slot: UInt32) -> Bool {
    let opener = SCTPAssociationTable.index(slot, .opener)
    return !table.sides[opener].fragments.isEmpty || !table.sides[opener + 1].fragments.isEmpty
  }

  /// Keeps the list of associations with fragments.
  mutating func noteWaiting(_ slot: UInt32, before wasWaiting: Bool) {
    let waits = isWaiting(slot)
    if waits, !wasWaiting { waitingLinks.append(slot, to: &waiting) }
    if !waits, wasWaiting { waitingLinks.remove(slot, from: &waiting) }
  }

  func noteMalformed<Consumer: StreamConsumer & ~Copyable>(
    _ arrival: SCTPArrival, at offset: Int, into consumer: inout Consumer
  ) {
    consumer.note(
      Anomaly(kind: .chunkMalformed, layer: .sctp, frame: arrival.frame, offset: UInt32(clamping: offset)))
  }

  /// Whether the checksum is that of the packet with zero in its place (RFC 9260 section 6.8).
  private func isIntact(
    _ arrival: SCTPArrival, _ header: SCTPCommonHeader, _ payload: RawSpan, _ checksum: CRC32c
  ) -> Bool {
    let ports = UInt32(arrival.source.port) << 16 | UInt32(arrival.destination.port)
    var state = checksum.adding(ports, to: CRC32c.initial)
    state = checksum.adding(header.verificationTag, to: state)
    state = checksum.adding(0, to: state)
    return CRC32c.field(checksum.adding(payload, to: state)) == header.checksum
  }
}
