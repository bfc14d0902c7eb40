import CaptureFacts
import PacketLayers
import Testing

@testable import StreamReassembly

private typealias Chunk = SCTPChunkBytes

/// RFC 9260 and its neighbours, case by case.
struct SCTPReassemblerTests {
  @Test("Each bundled chunk is one message, with its PPID")
  func bundled() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(
      Chunk.data(100, protocol: 46, Array("one".utf8)), Chunk.chunk(3, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      Chunk.data(101, stream: 3, protocol: 18, Array("two".utf8)), Chunk.data(102, protocol: 0, Array("three".utf8)))
    #expect(exchange.texts == ["one", "two", "three"])
    #expect(exchange.consumer.chunks.map(\.payloadProtocol) == [46, 18, 0])
    #expect(exchange.consumer.chunks.map(\.mark) == [100, 101, 102])
    #expect(exchange.consumer.chunks.allSatisfy { $0.stream.direction == 0 && $0.frame == 5 })
  }

  @Test("A message goes out whole, whatever is missing before it; a TSN seen again is dropped")
  func lossAndRepetition() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(Chunk.data(102, sequence: 2, Array("c".utf8)))
    exchange.toServer(Chunk.data(100, sequence: 0, Array("a".utf8)))
    exchange.toServer(Chunk.data(102, sequence: 2, Array("c".utf8)))
    exchange.toServer(Chunk.data(100, sequence: 0, Array("a".utf8)))
    exchange.toServer(Chunk.data(105, sequence: 5, Array("f".utf8)))
    exchange.finish()
    #expect(exchange.texts == ["c", "a", "f"])
    let health = exchange.consumer.health.first
    #expect(health?.opener.dataChunks == 3)
    #expect(health?.opener.repeatedChunks == 2)
    #expect(health?.opener.lateChunks == 1)
    #expect(health?.opener.missingChunks == 3)
    #expect(exchange.consumer.amount(of: .transmissionsMissing) == 3)
  }

  @Test("Fragments wait for those beside them, in whatever order they come (section 6.9)")
  func fragments() {
    var exchange = SCTPExchange()
    exchange.handshake(first: .max - 1)
    let parts = ["abc", "def", "ghi", "jkl"]
    for (index, order) in [2, 0, 3, 1].enumerated() {
      #expect(exchange.consumer.chunks.isEmpty)
      exchange.toServer(
        Chunk.data(
          (UInt32.max - 1) &+ UInt32(order), stream: 1, sequence: 7, flags: order == 0 ? 2 : order == 3 ? 1 : 0,
          Array(parts[order].utf8)))
      #expect(exchange.frame == UInt64(5 + index))
    }
    #expect(exchange.texts == ["abcdefghijkl"])
    #expect(exchange.consumer.chunks.first?.frame == 8)
    #expect(exchange.consumer.chunks.first?.carrier == 6)
    #expect(exchange.consumer.chunks.first?.others == [5, 6, 7])
    #expect(exchange.consumer.chunks.first?.mark == UInt32.max - 1)
    #expect(exchange.reassembler.bufferedBytes == 0)
  }

  @Test("Fragments of neighbouring messages stay apart, ordered and unordered")
  func neighbouringFragments() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(
      Chunk.data(101, sequence: 0, flags: 1, Array("B".utf8)), Chunk.data(102, sequence: 1, flags: 6, Array("C".utf8)),
      Chunk.data(104, sequence: 2, flags: 2, Array("E".utf8)), Chunk.data(103, sequence: 9, flags: 5, Array("D".utf8)),
      Chunk.data(100, sequence: 0, flags: 2, Array("A".utf8)), Chunk.data(105, sequence: 2, flags: 1, Array("F".utf8)))
    #expect(exchange.texts == ["CD", "AB", "EF"])
  }

  @Test("I-DATA: fragments of several messages interleave (RFC 8260 section 2.1)")
  func interleaved() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(
      Chunk.interleavedData(100, stream: 1, message: 4, shared: 46, flags: 2, Array("ab".utf8)),
      Chunk.interleavedData(101, stream: 2, message: 4, shared: 18, flags: 2, Array("12".utf8)),
      Chunk.interleavedData(102, stream: 1, message: 4, shared: 1, flags: 0, Array("cd".utf8)),
      Chunk.interleavedData(103, stream: 2, message: 4, shared: 1, flags: 1, Array("34".utf8)),
      Chunk.interleavedData(104, stream: 1, message: 4, shared: 2, flags: 1, Array("ef".utf8)),
      Chunk.interleavedData(105, stream: 1, message: 5, shared: 47, flags: 7, Array("whole".utf8)))
    #expect(exchange.texts == ["1234", "abcdef", "whole"])
    #expect(exchange.consumer.chunks.map(\.payloadProtocol) == [18, 46, 47])
  }

  @Test("What the sender has given up is not missed (RFC 3758 section 3.2)")
  func forwardTSN() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(Chunk.data(100, Array("a".utf8)))
    exchange.toServer(Chunk.chunk(192, Chunk.number(UInt32(103))))
    exchange.toServer(Chunk.data(104, Array("b".utf8)), Chunk.data(106, Array("c".utf8)))
    exchange.finish()
    #expect(exchange.consumer.health.first?.opener.missingChunks == 1)
    #expect(exchange.texts == ["a", "b", "c"])
  }

  @Test("One association over all of its paths, both ends multi-homed")
  func multiHoming() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(Chunk.data(100, flags: 2, Array("ab".utf8)))
    exchange.toServer(Chunk.data(101, flags: 1, Array("cd".utf8)), from: 2, to: 2)
    exchange.toClient(Chunk.data(100, Array("answer".utf8)), from: 2, to: 1)
    exchange.toServer(Chunk.data(100, flags: 2, Array("ab".utf8)), from: 1, to: 2)
    #expect(exchange.texts == ["abcd", "answer"])
    #expect(exchange.reassembler.associationCount == 1)
    // An address that was announced later (RFC 5061 section 4.2.1), and one that never was.
    exchange.toClient(
      Chunk.chunk(
        0xc1, [0, 0, 0, 1, 0, 5, 0, 8, 10, 0, 1, 1, 0xc0, 1, 0, 16, 0, 0, 0, 1, 0, 5, 0, 8, 10, 0, 1, 9]))
    exchange.toServer(Chunk.data(102, Array("on".utf8)), to: 9)
    #expect(exchange.reassembler.associationCount == 1)
    exchange.toServer(Chunk.data(500, Array("chance".utf8)), from: 77, to: 1)
    #expect(exchange.reassembler.associationCount == 2)
    exchange.finish()
    #expect(exchange.consumer.health.first?.paths.count == 6)
  }

  @Test("Picked up mid-way, paths of one association are known by its tags; halves are joined")
  func midStream() {
    var exchange = SCTPExchange()
    exchange.toServer(Chunk.data(100, flags: 2, Array("ab".utf8)))
    exchange.toServer(Chunk.data(101, flags: 1, Array("cd".utf8)), from: 1, to: 2)
    // What was sent before the first chunk seen may still come.
    exchange.toServer(Chunk.data(98, Array("earlier".utf8)), from: 1, to: 2)
    #expect(exchange.reassembler.associationCount == 1)
    // The way back, on a path of its own: another half, until a packet shows whose it is.
    exchange.toClient(Chunk.data(100, flags: 2, Array("12".utf8)), from: 3, to: 3)
    #expect(exchange.reassembler.associationCount == 2)
    exchange.toClient(Chunk.data(101, flags: 1, Array("34".utf8)), from: 2, to: 1)
    #expect(exchange.reassembler.associationCount == 1)
    #expect(exchange.texts == ["abcd", "earlier", "1234"])
    exchange.toClient(Chunk.data(102, Array("more".utf8)), from: 3, to: 3)
    #expect(exchange.consumer.chunks.map(\.stream.slot) == [0, 0, 0, 0])
    #expect(exchange.consumer.chunks.map(\.stream.direction) == [0, 0, 1, 1])
    exchange.finish()
    #expect(exchange.consumer.health.first?.opener.missingChunks == 0)
  }

  @Test("Both ends open it at once (section 5.2.1)")
  func initiationCollision() {
    var exchange = SCTPExchange()
    let (client, server) = (SCTPExchange.client(), SCTPExchange.server())
    exchange.packet(client, server, tag: 0, Chunk.initiation(tag: SCTPExchange.clientTag, transmissionNumber: 100))
    exchange.packet(server, client, tag: 0, Chunk.initiation(tag: SCTPExchange.serverTag, transmissionNumber: 200))
    exchange.toServer(Chunk.initiation(acknowledges: true, tag: SCTPExchange.clientTag, transmissionNumber: 100))
    exchange.toClient(Chunk.initiation(acknowledges: true, tag: SCTPExchange.serverTag, transmissionNumber: 200))
    exchange.toServer(Chunk.chunk(10, [1]), Chunk.data(100, Array("a".utf8)))
    exchange.toClient(Chunk.chunk(10, [1]), Chunk.data(200, Array("b".utf8)))
    exchange.finish()
    #expect(exchange.texts == ["a", "b"])
    #expect(exchange.consumer.events.isEmpty)
    #expect(exchange.consumer.health.count == 1)
  }

  @Test("A restart begins anew with other tags and TSNs in the same slot (section 5.2.2)")
  func restart() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(Chunk.data(100, Array("old".utf8)))
    exchange.toServer(Chunk.data(102, flags: 2, Array("half".utf8)))
    exchange.packet(
      SCTPExchange.client(), SCTPExchange.server(), tag: 0, Chunk.initiation(tag: 7, transmissionNumber: 50))
    // What the old association still sends is taken.
    exchange.toClient(Chunk.data(100, Array("still old".utf8)))
    exchange.packet(
      SCTPExchange.server(), SCTPExchange.client(), tag: 7,
      Chunk.initiation(acknowledges: true, tag: 8, transmissionNumber: 60))
    #expect(exchange.consumer.events.isEmpty)
    exchange.packet(SCTPExchange.client(), SCTPExchange.server(), tag: 8, Chunk.chunk(10, [1]))
    exchange.packet(SCTPExchange.server(), SCTPExchange.client(), tag: 7, Chunk.chunk(11, []))
    exchange.packet(SCTPExchange.client(), SCTPExchange.server(), tag: 8, Chunk.data(50, Array("new".utf8)))
    exchange.packet(SCTPExchange.server(), SCTPExchange.client(), tag: 7, Chunk.data(60, Array("too".utf8)))
    #expect(exchange.consumer.events.map(\.kind) == [.restarted])
    #expect(exchange.consumer.closed == [0])
    #expect(exchange.texts == ["old", "still old", "new", "too"])
    #expect(exchange.reassembler.associationCount == 1)
    exchange.finish()
    #expect(exchange.consumer.health.map(\.restarts) == [1])
    #expect(exchange.consumer.count(of: .fragmentsIncomplete) == 1)
  }

  @Test("A new association on the same ports whose handshake was not captured")
  func unseenRestart() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(Chunk.data(100, Array("old".utf8)))
    exchange.packet(SCTPExchange.client(), SCTPExchange.server(), tag: 9, Chunk.data(100, Array("new".utf8)))
    #expect(exchange.texts == ["old", "new"])
    #expect(exchange.consumer.closed == [0])
  }

  @Test("ABORT, SHUTDOWN, refusal and silence are told")
  func endings() {
    var aborted = SCTPExchange()
    aborted.handshake()
    aborted.toClient(Chunk.chunk(6, [0, 12, 0, 4]))
    aborted.finish()
    #expect(aborted.consumer.events.map(\.kind) == [.aborted(cause: 12)])
    #expect(aborted.consumer.health.first?.ending == .aborted(cause: 12))

    var shut = SCTPExchange()
    shut.handshake()
    shut.toServer(Chunk.chunk(7, [0, 0, 0, 99]))
    shut.toClient(Chunk.chunk(8, []))
    shut.toServer(Chunk.chunk(14, []))
    shut.wait(seconds: 40)
    #expect(shut.consumer.events.isEmpty)
    #expect(shut.consumer.health.first?.ending == .shutDown)
    #expect(shut.reassembler.associationCount == 0)

    var refused = SCTPExchange()
    let request = Chunk.initiation(tag: SCTPExchange.clientTag, transmissionNumber: 1)
    refused.packet(SCTPExchange.client(), SCTPExchange.server(), tag: 0, request)
    refused.toClient(Chunk.chunk(6, []))
    #expect(refused.consumer.events.map(\.kind) == [.connectionRefused])
    #expect(refused.consumer.events.first?.flow.source == SCTPExchange.client())

    var silent = SCTPExchange()
    silent.packet(SCTPExchange.client(), SCTPExchange.server(), tag: 0, request)
    silent.packet(SCTPExchange.client(), SCTPExchange.server(), tag: 0, request)
    silent.wait(seconds: 80)
    #expect(silent.consumer.events.map(\.kind) == [.connectionUnanswered])
    #expect(silent.consumer.events.first?.frame.number == 2)
    #expect(silent.consumer.health.first?.ending == .unanswered)
  }

  @Test("A HEARTBEAT without answer is told with its path (section 8.3)")
  func heartbeats() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(Chunk.chunk(4, [0, 1, 0, 8, 1, 1, 1, 1]))
    exchange.toClient(Chunk.chunk(5, [0, 1, 0, 8, 1, 1, 1, 1]))
    exchange.toServer(Chunk.chunk(4, [0, 1, 0, 8, 2, 2, 2, 2]), from: 2, to: 2)
    exchange.toServer(Chunk.chunk(4, [0, 1, 0, 8, 2, 2, 2, 2]), from: 2, to: 2)
    exchange.wait(seconds: 30)
    exchange.toServer(Chunk.chunk(4, [0, 1, 0, 8, 3, 3, 3, 3]), from: 2, to: 2)
    #expect(exchange.consumer.events.map(\.kind) == [.heartbeatUnanswered])
    #expect(exchange.consumer.events.first?.flow.destination == SCTPExchange.server(2))
    exchange.finish()
    #expect(exchange.consumer.events.count == 1)
    #expect(exchange.consumer.health.first?.paths.map(\.heartbeatsUnanswered) == [0, 0, 1])
  }

  @Test("Unknown chunks and padding are passed over; broken ones end their packet (section 3.2)")
  func malformed() {
    var exchange = SCTPExchange()
    exchange.handshake()
    exchange.toServer(
      Chunk.chunk(0x84, [1, 2, 3]), Chunk.chunk(63, [1]), Chunk.data(100, Array("a".utf8)),
      [0, 3, 0, 2, 0, 0, 0, 0])
    exchange.toServer([0, 3, 0, 40, 0, 0, 0, 101, 0, 0])
    exchange.toServer(Chunk.data(101, []))
    exchange.toServer([1, 2])
    exchange.toServer(Array(Chunk.data(102, Array("last".utf8))[..<20]))
    #expect(exchange.texts == ["a", "last"])
    #expect(exchange.consumer.count(of: .chunkMalformed) == 4)
    // A chunk cut by the snapshot length is not passed on, and its bytes are counted.
    exchange.packet(
      SCTPExchange.client(), SCTPExchange.server(), tag: SCTPExchange.serverTag,
      Array(Chunk.data(103, [UInt8](repeating: 1, count: 100))[..<50]), promised: 116)
    #expect(exchange.texts.count == 2)
    #expect(exchange.consumer.amount(of: .streamBytesLost) == 66)
  }

  @Test("CRC32c: the vectors of RFC 3720 appendix B.4, and a packet with a wrong one")
  func checksum() {
    let checksum = CRC32c()
    let ascending = (0..<32).map { UInt8($0) }
    #expect(~checksum.adding([UInt8](repeating: 0, count: 32).span.bytes, to: CRC32c.initial) == 0x8a91_36aa)
    #expect(~checksum.adding([UInt8](repeating: 255, count: 32).span.bytes, to: CRC32c.initial) == 0x62a8_ab43)
    #expect(~checksum.adding(ascending.span.bytes, to: CRC32c.initial) == 0x46dd_794e)
    #expect(~checksum.adding(Array("123456789".utf8).span.bytes, to: CRC32c.initial) == 0xe306_9283)
    var exchange = SCTPExchange(verifiesChecksums: true)
    exchange.toServer(Chunk.data(100, Array("a".utf8)))
    #expect(exchange.consumer.chunks.isEmpty)
    #expect(exchange.consumer.count(of: .checksumWrong) == 1)
  }
}
