import CaptureFacts
import PacketLayers
import StreamReassembly
import Testing

/// RFC 9293, case by case.
struct TCPReassemblerTests {
  @Test("Data in order passes through at once, in its own frame")
  func inOrder() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, ack: 5001, text: "OPTIONS")
    exchange.segment(from: true, 5001, ack: 1008, text: "SIP/2.0 200")
    #expect(exchange.consumer.text(0) == "OPTIONS")
    #expect(exchange.consumer.text(1) == "SIP/2.0 200")
    #expect(exchange.consumer.chunks.map(\.frame) == [4, 5])
    #expect(exchange.consumer.chunks[1].flow.source == TCPExchange.server)
  }

  @Test("The frame that fills a hole completes what waited behind it")
  func outOfOrder() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1004, ack: 5001, text: "def")
    exchange.segment(1007, ack: 5001, text: "ghi")
    #expect(exchange.consumer.chunks.isEmpty)
    exchange.segment(1001, ack: 5001, text: "abc")
    #expect(exchange.consumer.text(0) == "abcdefghi")
    #expect(exchange.consumer.chunks.map(\.frame) == [6, 6, 6])
    #expect(exchange.consumer.chunks.map(\.carrier) == [6, 4, 5])
    #expect(exchange.consumer.chunks.allSatisfy { $0.lost == 0 })
    #expect(exchange.reassembler.bufferedBytes == 0)
  }

  @Test(
    "Sequence numbers wrap around (section 3.4)",
    arguments: [UInt32.max, .max - 1, .max - 2, .max - 3, 0x7fff_fffe, 0x8000_0000] as [UInt32])
  func wrapAround(initial: UInt32) {
    var exchange = TCPExchange()
    exchange.handshake(client: initial)
    exchange.segment(initial &+ 4, text: "def")
    exchange.segment(initial &+ 1, text: "abc")
    exchange.segment(initial &+ 7, text: "ghi")
    #expect(exchange.consumer.text(0) == "abcdefghi")
  }

  @Test("A retransmission is passed on as far as it is new")
  func partialRetransmission() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, text: "abcd")
    exchange.segment(1001, text: "abcd")
    exchange.segment(1003, text: "cdefgh")
    exchange.segment(1001, text: "abcdefghij")
    #expect(exchange.consumer.text(0) == "abcdefghij")
  }

  @Test("What waits is neither doubled nor lost where segments overlap")
  func overlapWhileWaiting() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1005, text: "ef")
    exchange.segment(1009, text: "ij")
    exchange.segment(1004, text: "defghijk")
    exchange.segment(1006, text: "fg")
    exchange.segment(1001, text: "abcde")
    #expect(exchange.consumer.text(0) == "abcdefghijk")
  }

  @Test("Keep-alives and window probes carry nothing (sections 3.8.4 and 3.8.6.1)")
  func keepAlive() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, ack: 5001, text: "abc")
    exchange.segment(1003, ack: 5001, [], [0])
    exchange.segment(1003, ack: 5001)
    // A probe of a closed window carries the next byte, which comes again when the window opens.
    exchange.segment(1004, ack: 5001, text: "d")
    exchange.segment(1004, ack: 5001, text: "def")
    #expect(exchange.consumer.text(0) == "abcdef")
    // A capture that begins with a keep-alive.
    var late = TCPExchange()
    late.segment(from: true, 5001, ack: 1004)
    late.segment(1003, ack: 5001, [], [0])
    late.segment(1004, ack: 5001, text: "def")
    #expect(late.consumer.text(1) == "def")
    #expect(late.consumer.amount(of: .streamBytesLost) == 0)
  }

  @Test("SYN with data (RFC 7413) and FIN with data")
  func dataOnControlSegments() {
    var exchange = TCPExchange()
    exchange.segment(1000, .syn, Array("abc".utf8))
    exchange.segment(from: true, 5000, ack: 1004, .syn)
    exchange.segment(1004, ack: 5001, .fin, Array("def".utf8))
    exchange.segment(from: true, 5001, ack: 1008, .fin, Array("bye".utf8))
    exchange.segment(1008, ack: 5005)
    #expect(exchange.consumer.text(0) == "abcdef")
    #expect(exchange.consumer.text(1) == "bye")
    #expect(exchange.consumer.closed.isEmpty)
    exchange.wait(seconds: 40)
    #expect(exchange.consumer.closed == [0])
    #expect(exchange.consumer.events.isEmpty)
    #expect(exchange.reassembler.connectionCount == 0)
  }

  @Test("Late retransmissions after the end do not open the connection again")
  func lateRetransmission() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, ack: 5001, .fin, Array("abc".utf8))
    exchange.segment(from: true, 5001, ack: 1005, .fin)
    exchange.segment(1001, ack: 5001, .fin, Array("abc".utf8))
    exchange.segment(1005, ack: 5002)
    exchange.finish()
    #expect(exchange.consumer.text(0) == "abc")
    #expect(exchange.consumer.closed == [0])
  }

  @Test("Simultaneous open (section 3.5, figure 7)")
  func simultaneousOpen() {
    var exchange = TCPExchange()
    exchange.segment(1000, .syn)
    exchange.segment(from: true, 5000, .syn)
    exchange.segment(1000, ack: 5001, .syn)
    exchange.segment(from: true, 5000, ack: 1001, .syn)
    exchange.segment(1001, ack: 5001, text: "abc")
    exchange.segment(from: true, 5001, ack: 1004, text: "xyz")
    exchange.finish()
    #expect(exchange.consumer.text(0) == "abc")
    #expect(exchange.consumer.text(1) == "xyz")
    #expect(exchange.consumer.events.isEmpty)
    #expect(exchange.consumer.closed == [0])
  }

  @Test("A SYN with another number is another connection; a repeated one is not")
  func portReuse() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, ack: 5001, text: "abc")
    exchange.segment(1007, ack: 5001, text: "ghi")
    exchange.segment(1000, .syn)
    #expect(exchange.consumer.closed.isEmpty)
    exchange.handshake(client: 0x9000_0000, server: 0x1000)
    #expect(exchange.consumer.closed == [0])
    #expect(exchange.consumer.text(0) == "abcghi")
    #expect(exchange.consumer.chunks.last?.lost == 3)
    exchange.segment(0x9000_0001, ack: 0x1001, text: "new")
    #expect(exchange.consumer.text(0) == "abcghinew")
    #expect(exchange.consumer.chunks.last?.lost == 0)
  }

  @Test("A connection picked up mid-way, in either direction or one alone")
  func midStream() {
    var exchange = TCPExchange()
    exchange.segment(from: true, 9000, ack: 2000, text: "tail")
    exchange.segment(2003, ack: 9004, text: "def")
    exchange.segment(2000, ack: 9004, text: "abc")
    #expect(exchange.consumer.text(0) == "tail")
    #expect(exchange.consumer.text(1) == "abcdef")
    var alone = TCPExchange()
    alone.segment(2000, text: "abc")
    alone.segment(2006, text: "ghi")
    alone.segment(2003, text: "def")
    alone.finish()
    #expect(alone.consumer.text(0) == "abcdefghi")
    #expect(alone.consumer.count(of: .streamSidesUnseen) == 1)
  }

  @Test("A hole that the receiver has acknowledged is given up at once, and counted")
  func acknowledgedHole() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, ack: 5001, text: "abc")
    exchange.segment(1011, ack: 5001, text: "klm")
    exchange.segment(from: true, 5001, ack: 1014)
    #expect(exchange.consumer.text(0) == "abc")
    exchange.segment(1014, ack: 5001, text: "nop")
    #expect(exchange.consumer.text(0) == "abcklmnop")
    #expect(exchange.consumer.chunks.map(\.lost) == [0, 7, 0])
    // What waited was whole when it was captured: it keeps its own frame.
    #expect(exchange.consumer.chunks.map(\.frame) == [4, 5, 7])
    #expect(exchange.consumer.amount(of: .streamBytesLost) == 7)
  }

  @Test("An acknowledgment captured before its data does not give that up")
  func acknowledgmentAhead() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1004, ack: 5001, text: "def")
    exchange.segment(from: true, 5001, ack: 1007)
    exchange.segment(1001, ack: 5001, text: "abc")
    #expect(exchange.consumer.text(0) == "abcdef")
    #expect(exchange.consumer.amount(of: .streamBytesLost) == 0)
  }

  @Test("A hole in a capture of one direction is given up by packet time, or by packets")
  func boundedWait() {
    var exchange = TCPExchange()
    exchange.segment(1000, .syn)
    exchange.segment(1001, text: "abc")
    exchange.segment(1007, text: "ghi")
    exchange.wait(seconds: 7)
    #expect(exchange.consumer.text(0) == "abc")
    exchange.wait(seconds: 2)
    #expect(exchange.consumer.text(0) == "abcghi")
    #expect(exchange.consumer.chunks.last?.lost == 3)

    var limits = TCPLimits()
    limits.holePackets = 10
    var counted = TCPExchange(limits: limits)
    counted.segment(1000, .syn)
    for index in 1...12 { counted.segment(1001 + UInt32(index) * 2, [], [1, 2]) }
    #expect(counted.consumer.chunks.count == 12)
    #expect(counted.consumer.chunks.first?.lost == 2)
  }

  @Test("A segment cut by the snapshot length is a loss of known length")
  func snapshotLength() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, [], Array("abc".utf8), promised: 10)
    exchange.segment(1011, text: "klm")
    #expect(exchange.consumer.chunks.map(\.lost) == [0, 7])
    #expect(exchange.consumer.amount(of: .streamBytesLost) == 7)
    // The same out of order.
    exchange.segment(1019, [], Array("stu".utf8), promised: 6)
    exchange.segment(1025, text: "yz")
    exchange.segment(1014, text: "nopqr")
    #expect(exchange.consumer.text(0) == "abcklmnopqrstuyz")
    #expect(exchange.consumer.chunks.last?.lost == 3)
  }

  @Test("A FIN waits behind a hole as data does")
  func lossBeforeTheEnd() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, ack: 5001, text: "abc")
    exchange.segment(1010, ack: 5001, .fin)
    exchange.segment(from: true, 5001, ack: 1011, .fin)
    exchange.segment(1011, ack: 5002)
    exchange.wait(seconds: 1)
    exchange.segment(1011, ack: 5002)
    #expect(exchange.consumer.amount(of: .streamBytesLost) == 6)
    exchange.wait(seconds: 60)
    #expect(exchange.consumer.closed == [0])
  }

  @Test("What waits when a connection is reset is passed on")
  func reset() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, ack: 5001, text: "abc")
    exchange.segment(1007, ack: 5001, text: "ghi")
    exchange.segment(from: true, 5001, ack: 1004, .rst)
    exchange.segment(1004, ack: 5001, text: "def")
    exchange.finish()
    #expect(exchange.consumer.text(0) == "abcdefghi")
    #expect(exchange.consumer.events.map(\.kind) == [.aborted(cause: 0)])
    #expect(exchange.consumer.events.first?.flow.source == TCPExchange.client)
  }

  @Test("A SYN answered by RST, and one not answered")
  func refusedAndUnanswered() {
    var exchange = TCPExchange()
    exchange.segment(1000, .syn)
    exchange.segment(from: true, 0, ack: 1001, .rst)
    #expect(exchange.consumer.events.map(\.kind) == [.connectionRefused])
    #expect(exchange.consumer.events.first?.flow.source == TCPExchange.client)
    #expect(exchange.consumer.events.first?.frame.number == 2)

    var silent = TCPExchange()
    silent.segment(1000, .syn)
    silent.wait(seconds: 1)
    silent.segment(1000, .syn)
    silent.wait(seconds: 74)
    // The repetition is told at once: what failed because of it is over before the time for an answer is.
    #expect(silent.consumer.events.map(\.kind) == [.connectionRepeated])
    silent.wait(seconds: 2)
    #expect(silent.consumer.events.map(\.kind) == [.connectionRepeated, .connectionUnanswered])
    #expect(silent.consumer.events.map(\.frame.number) == [2, 2])
    #expect(silent.reassembler.connectionCount == 0)

    var atEnd = TCPExchange()
    atEnd.segment(1000, .syn)
    atEnd.finish()
    #expect(atEnd.consumer.events.map(\.kind) == [.connectionUnanswered])
  }

  @Test("One segment from far away does not move the stream, two that follow on each other do")
  func implausibleSequence() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.segment(1001, text: "abc")
    exchange.segment(0x4000_0000, text: "stray")
    exchange.segment(1004, text: "def")
    #expect(exchange.consumer.text(0) == "abcdef")
    exchange.segment(0x2000_0000, text: "123")
    exchange.segment(0x2000_0003, text: "456")
    exchange.segment(0x2000_0006, text: "789")
    #expect(exchange.consumer.text(0) == "abcdef123456789")
    #expect(exchange.consumer.chunks.map(\.lost).max() ?? 0 == 0x2000_0000 - 1007)
  }

  @Test("Streams that nobody wants are not kept")
  func unwanted() {
    var exchange = TCPExchange()
    exchange.handshake()
    exchange.consumer.wantsStreams = false
    exchange.segment(1004, text: "def")
    #expect(exchange.reassembler.bufferedBytes == 0)
    #expect(exchange.consumer.chunks.map(\.lost) == [3])
    exchange.segment(1001, text: "abc")
    exchange.segment(1007, text: "ghi")
    #expect(exchange.consumer.text(0) == "defghi")
    #expect(exchange.consumer.amount(of: .streamBytesLost) == 0)
  }
}
