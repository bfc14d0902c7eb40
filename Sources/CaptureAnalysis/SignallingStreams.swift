import ByteReading
import CaptureFacts
import DiameterMessages
import MediaStreams
import SIPMessages
import StreamReassembly

/// Cuts what reassembly delivers into SIP and Diameter messages, found by their content, and hands them on.
struct SignallingStreams<Messages: MessageConsumer & ~Copyable>: ~Copyable {
  var messages: Messages
  /// What is known of each TCP connection, by slot.
  var connections: [StreamAssembly] = []
  var waiting: WaitingTable
  private var recent = RecentMessages()
  /// The storage of bytes that wait no longer, for the next that do.
  private var spare: [UInt8] = []

  init(handingTo messages: consuming Messages, waitingBytes: Int = WaitingTable.byteBound) {
    self.messages = messages
    waiting = WaitingTable(bound: waitingBytes)
  }

  // MARK: - SCTP

  /// Takes an SCTP user message: whole by itself, or several messages in a row.
  private mutating func receive(userMessage chunk: borrowing StreamChunk) {
    let placement = MessagePlacement(chunk)
    let bytes = chunk.bytes
    // PPID 46 is Diameter in clear and 47 Diameter in DTLS (RFC 6733 section 11.4); content decides, for some send 0.
    // So many chunks at least: those of one packet show no frame of their own.
    let chunks = placement.otherFrames.count + 1
    if DiameterRecognition.recognise(bytes) == .certain {
      var start = 0
      while start < bytes.byteCount {
        let (length, number) = messages.hand(
          firstDiameterMessageOf: bytes.extracting(start..<bytes.byteCount), placement)
        recent.note(number, of: chunk.stream, over: .sctp, start: chunk.transmissionMark, count: chunks)
        start += length
      }
    } else if SIPRecognition.recognise(bytes) == .certain {
      let number = messages.hand(bytes, of: .sip, placement)
      recent.note(number, of: chunk.stream, over: .sctp, start: chunk.transmissionMark, count: chunks)
    } else if chunk.payloadProtocol == 47 {
      messages.note(Anomaly(kind: .dtlsNotOpened, layer: .sctp, frame: chunk.frame))
    }
  }

  // MARK: - TCP

  /// Takes the next bytes of a TCP stream.
  private mutating func receive(streamBytes chunk: borrowing StreamChunk) {
    let slot = Int(chunk.stream.slot)
    let direction = chunk.stream.direction
    while connections.count <= slot { connections.append(StreamAssembly()) }
    if chunk.lostBytesBefore > 0 {
      // What was begun before the loss cannot be completed.
      if connections[slot][direction].contains(.waiting) { giveUp(waiting.take(chunk.stream)) }
      connections[slot][direction].subtract([.waiting, .aligned])
    }
    if connections[slot].content == .unknown, connections[slot][direction].contains(.foreign) {
      // It may have been picked up in the middle of a message that is over now.
      guard
        SIPRecognition.recognise(chunk.bytes) == .certain || DiameterRecognition.recognise(chunk.bytes) == .certain
          || WebSocketFraming.beginsMessage(chunk.bytes, at: 0) || MessageSessionFraming.begins(chunk.bytes)
      else { return }
      connections[slot][direction].remove(.foreign)
    }
    if connections[slot][direction].contains(.waiting), var entry = waiting.take(chunk.stream) {
      entry.placement = MessagePlacement(chunk)
      entry.append(chunk.bytes, frame: chunk.carrier)
      if entry.bytes.count >= entry.needed { look(at: &entry) }
      keep(entry)
      return
    }
    // Nearly every segment is one message, whole, of which nothing has to wait.
    var first: FramingVerdict?
    if !chunk.bytes.isEmpty, connections[slot].content != .unknown, connections[slot][direction].contains(.aligned) {
      let content = connections[slot].content
      let placement = MessagePlacement(chunk)
      var (isWhole, number) =
        SignallingStreams.mayBeWhole(chunk.bytes, of: content)
        ? messages.take(wholeSIP: chunk.bytes, placement) : (false, nil)
      if !isWhole {
        let verdict = SignallingStreams.next(in: chunk.bytes, of: content, isAligned: true, scanned: 0)
        isWhole = verdict == .message(length: chunk.bytes.byteCount)
        if isWhole { number = messages.hand(chunk.bytes, of: content, placement) }
        first = verdict
      }
      guard !isWhole else {
        return recent.note(
          number, of: chunk.stream, over: .tcp, start: chunk.transmissionMark, count: chunk.bytes.byteCount)
      }
    }
    var storage: [UInt8] = []
    swap(&storage, &spare)
    var entry = WaitingBytes(chunk.stream, MessagePlacement(chunk), storage: storage)
    let used = consume(chunk.bytes, &entry, first: first)
    entry.append(chunk.bytes, from: used, frame: chunk.carrier)
    keep(consume entry)
  }

  /// Looks what the bytes that wait have become.
  private mutating func look(at entry: inout WaitingBytes) {
    let bytes = entry.takeBytes()
    let used = consume(bytes.rawSpan, &entry)
    entry.restore(bytes, droppingFirst: used)
  }

  /// Keeps what waits, if anything does, and gives up others where that is too much.
  private mutating func keep(_ entry: consuming WaitingBytes) {
    let (slot, direction) = (Int(entry.stream.slot), entry.stream.direction)
    guard !entry.isEmpty else {
      connections[slot][direction].remove(.waiting)
      spare = entry.takeBytes()
      return
    }
    connections[slot][direction].insert(.waiting)
    waiting.put(consume entry)
    while let excess = waiting.takeExcess() {
      let place = Int(excess.stream.slot)
      let side = excess.stream.direction
      if connections[place].content == .unknown {
        connections[place][side].insert(.foreign)
      } else {
        messages.note(Anomaly(kind: .streamBufferExceeded, layer: .tcp, frame: excess.placement.frame))
        giveUp(excess)
      }
      connections[place][side].subtract([.waiting, .aligned])
    }
  }

  /// Takes the whole messages at the front of `bytes`; returns how many bytes are done with. `first` is what is at their
  /// front, where that was looked at already.
  private mutating func consume(
    _ bytes: RawSpan, _ entry: inout WaitingBytes, first: FramingVerdict? = nil
  ) -> Int {
    let (slot, direction) = (Int(entry.stream.slot), entry.stream.direction)
    var used = 0
    var known = first
    while used < bytes.byteCount {
      let rest = bytes.extracting(used..<bytes.byteCount)
      let content = connections[slot].content
      if content == .unknown {
        switch search(rest, &entry) {
        case .found(let found, let offset):
          connections[slot].content = found
          connections[slot][direction].insert(.aligned)
          used += offset
          continue
        case .undecided(let passed):
          return used + passed
        case .foreign:
          connections[slot][direction].insert(.foreign)
          return bytes.byteCount
        }
      }
      entry.searched = 0
      let isAligned = connections[slot][direction].contains(.aligned)
      // What came up to the length that was promised is that message, nearly always. Each is read so once at most.
      if known == nil, isAligned, rest.byteCount == entry.promised, SignallingStreams.mayBeWhole(rest, of: content) {
        let (isTaken, number) = messages.take(wholeSIP: rest, entry.placement(of: used..<bytes.byteCount))
        if isTaken {
          note(number, of: &entry, in: used..<bytes.byteCount)
          return bytes.byteCount
        }
      }
      let verdict =
        known.take()
        ?? SignallingStreams.next(in: rest, of: content, isAligned: isAligned, scanned: entry.scanned)
      switch verdict {
      case .message(let length):
        connections[slot][direction].insert(.aligned)
        let number = messages.hand(
          rest.extracting(0..<length), of: content, entry.placement(of: used..<used + length))
        note(number, of: &entry, in: used..<used + length)
        used += length
      case .padding(let length):
        entry.scanned = 0
        used += length
      case .garbage(let length):
        // What is left of a message that was cut by a loss is counted there.
        if isAligned {
          messages.note(
            Anomaly(
              kind: .messageMalformed, layer: content.layer, frame: entry.placement.frame,
              detail: UInt32(clamping: length)))
          connections[slot][direction].remove(.aligned)
        }
        entry.scanned = 0
        used += length
      case .incomplete(let atLeast, let scanned):
        // A length that is too great shows in the messages that it swallows: a look each time that twice as much has
        // come finds them, at a cost that stays linear.
        entry.needed = min(atLeast, max(rest.byteCount + 1, 2 * rest.byteCount))
        entry.scanned = scanned
        // One byte more is asked for where the headers have no end yet.
        entry.promised = atLeast > rest.byteCount + 1 ? atLeast : 0
        return used
      }
    }
    return used
  }

  /// Notes that the bytes of `range`, among those looked at, were a message, and what was seen of it once more.
  private mutating func note(_ number: MessageNumber?, of entry: inout WaitingBytes, in range: Range<Int>) {
    let start = entry.number(at: range.lowerBound)
    recent.note(number, of: entry.stream, over: .tcp, start: start, count: range.count)
    for repeated in entry.takeRepetitions(from: start, count: range.count) {
      if let number { messages.noteRepetition(of: number, repeated, fromStart: repeated.holds(start)) }
    }
    entry.scanned = 0
    entry.promised = 0
  }

  /// Whether it is worth while to read bytes, not none, as a message of SIP before they are framed: nearly all that are
  /// one, whole, end with a line end, and of those that a segment cuts hardly any do.
  private static func mayBeWhole(_ bytes: RawSpan, of content: StreamContent) -> Bool {
    content == .sip && bytes.byte(at: bytes.byteCount - 1) == 0x0a
  }

  /// What is at the front of `bytes`.
  private static func next(
    in bytes: RawSpan, of content: StreamContent, isAligned: Bool, scanned: Int
  ) -> FramingVerdict {
    if content == .webSocket { return WebSocketFraming.next(in: bytes, resumingAt: scanned, isAligned: isAligned) }
    if content == .messageSession { return MessageSessionFraming.next(in: bytes, resumingAt: scanned) }
    guard content == .diameter else { return SIPStreamFraming.next(in: bytes, resumingAt: scanned) }
    guard !isAligned else { return DiameterStreamFraming.next(in: bytes, resumingAt: scanned) }
    // Behind a loss only what is beyond doubt is a message. What may become one is waited for, unless one stands behind
    // it; a look each time that a quarter more has come costs linear time.
    if let offset = StreamSearch.firstDiameterMessage(in: bytes, before: bytes.byteCount) {
      return offset > 0 ? .garbage(length: offset) : DiameterStreamFraming.next(in: bytes, resumingAt: scanned)
    }
    let passed = DiameterStreamFraming.lengthBeforeMessage(in: bytes)
    if passed > 0 { return .garbage(length: passed) }
    return bytes.byteCount < StreamSearch.bound
      ? .incomplete(atLeast: bytes.byteCount + bytes.byteCount / 4 + 1, scanned: 0) : .garbage(length: 1)
  }

  /// Looks for the first message of a stream of which nothing is known.
  private mutating func search(_ bytes: RawSpan, _ entry: inout WaitingBytes) -> StreamSearch {
    let result = StreamSearch.look(in: bytes, searchedBefore: entry.searched)
    switch result {
    case .found: entry.searched = 0
    case .undecided(let passed): entry.searched += passed
    case .foreign(let kind):
      if entry.searched == 0, let kind {
        messages.note(Anomaly(kind: kind, layer: .tcp, frame: entry.placement.frame))
      }
      entry.searched = 0
    }
    return result
  }

  // MARK: - Handing on

  /// Counts the message that was begun and is not completed. Of a SIP message whose headers are all there only the body
  /// is cut, or its Content-Length was too great: it is handed on as it stands.
  private mutating func giveUp(_ entry: WaitingBytes?) {
    guard var entry, !entry.bytes.isEmpty else { return }
    look(at: &entry)
    let assembly = connections[Int(entry.stream.slot)]
    guard assembly.content != .unknown, assembly[entry.stream.direction].contains(.aligned), !entry.bytes.isEmpty
    else { return }
    messages.note(
      Anomaly(kind: .messageTruncated, layer: assembly.content.layer, frame: entry.placement.frame))
    let bytes = entry.takeBytes()
    if assembly.content == .sip, bytes.rawSpan.firstOffset(of: "\r\n\r\n", in: 0..<bytes.count) != nil {
      var placement = entry.placement
      placement.otherFrames += entry.frames(in: 0..<bytes.count, besides: placement.frame)
      messages.hand(bytes.rawSpan, of: .sip, placement)
    }
  }

  /// Ends the input: messages that were begun are counted as cut.
  mutating func finish() {
    for entry in waiting.takeAll() { giveUp(entry) }
    connections = []
  }
}

extension SignallingStreams: StreamConsumer where Messages: ~Copyable {
  mutating func receive(_ chunk: borrowing StreamChunk) {
    if chunk.payloadProtocol != nil {
      receive(userMessage: chunk)
    } else {
      receive(streamBytes: chunk)
    }
  }

  mutating func receive(_ repeated: RepeatedData) {
    let slot = Int(repeated.stream.slot)
    if repeated.transport == .tcp {
      guard slot < connections.count, connections[slot].content != .unknown else { return }
    }
    if repeated.transport == .tcp, connections[slot][repeated.stream.direction].contains(.waiting),
      var entry = waiting.take(repeated.stream)
    {
      entry.note(repeated)
      keep(entry)
    }
    for (message, fromStart) in recent.messages(of: repeated) {
      messages.noteRepetition(of: message, repeated, fromStart: fromStart)
    }
  }

  mutating func wants(_ stream: StreamIdentifier) -> Bool {
    Int(stream.slot) >= connections.count || connections[Int(stream.slot)].wants(stream.direction)
  }

  mutating func close(slot: UInt32, transport: TransportProtocol) {
    guard transport == .tcp, Int(slot) < connections.count else { return }
    for direction: UInt8 in 0...1 where connections[Int(slot)][direction].contains(.waiting) {
      giveUp(waiting.take(StreamIdentifier(slot: slot, direction: direction)))
    }
    connections[Int(slot)] = StreamAssembly()
  }

  mutating func note(_ event: TransportEvent) { messages.note(event) }

  mutating func note(_ anomaly: Anomaly) { messages.note(anomaly) }

  mutating func note(_ health: SCTPAssociationHealth) { messages.note(health) }
}
