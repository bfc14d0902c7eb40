import CaptureFacts

@testable import SampleTraffic

/// The forms that an SCTP association takes in captures (RFC 9260, RFC 3758, RFC 5061, RFC 8260), each as a script.
struct AssociationVariant: CustomStringConvertible, Sendable {
  let name: String
  /// How many messages it holds.
  let count: Int
  /// What tshark does not read of it, and why; nil where it reads all.
  var exemption: String?
  let play: @Sendable (inout SCTPScript) -> Void

  var description: String { name }

  init(
    _ name: String, _ count: Int, exemption: String? = nil, _ play: @escaping @Sendable (inout SCTPScript) -> Void
  ) {
    self.name = name
    self.count = count
    self.exemption = exemption
    self.play = play
  }

  private static func request(_ identifier: UInt32) -> [UInt8] { PeerMessages.watchdogRequest(identifier) }

  static let all: [AssociationVariant] = [
    AssociationVariant("one address at each end", 2) { script in
      script.handshake()
      script.message(.client, request(1))
      script.message(.server, PeerMessages.watchdogAnswer(1))
    },
    AssociationVariant("two addresses at each end, both used", 6) { script in
      script.handshake(isMultiHomed: true)
      for number: UInt32 in 1...3 {
        script.message(.client, request(number), path: Int(number % 2))
        script.message(.server, PeerMessages.watchdogAnswer(number), path: Int((number + 1) % 2))
      }
    },
    AssociationVariant("an address added later at each end (ASCONF, RFC 5061)", 2) { script in
      script.handshake()
      script.message(.client, request(1))
      let added = SCTPScript.addresses[1]
      script.send(.client, SCTPScript.addressConfiguration(of: SCTPScript.addresses[0].client, adding: added.client))
      script.send(.server, SCTPScript.chunk(0x80, [0, 0, 0, 1]))
      script.send(.server, SCTPScript.addressConfiguration(of: SCTPScript.addresses[0].server, adding: added.server))
      script.send(.client, SCTPScript.chunk(0x80, [0, 0, 0, 1]))
      script.message(.client, request(2), path: 1)
    },
    AssociationVariant("both ends open it at once (section 5.2.1)", 2) { script in
      script.send(
        .client, isZeroTagged: true, SCTPScript.initiation(1, tag: script.clientTag, first: script.clientNumber))
      script.send(
        .server, isZeroTagged: true, SCTPScript.initiation(1, tag: script.serverTag, first: script.serverNumber))
      script.send(.server, SCTPScript.initiation(2, tag: script.serverTag, first: script.serverNumber))
      script.send(.client, SCTPScript.initiation(2, tag: script.clientTag, first: script.clientNumber))
      script.send(.client, SCTPScript.chunk(10, [1, 2, 3, 4]))
      script.send(.server, SCTPScript.chunk(10, [1, 2, 3, 4]))
      script.send(.server, SCTPScript.chunk(11, []))
      script.send(.client, SCTPScript.chunk(11, []))
      script.message(.client, request(1))
      script.message(.server, PeerMessages.watchdogAnswer(1))
    },
    AssociationVariant("a restart with new tags and TSNs (section 5.2)", 4) { script in
      script.handshake()
      script.message(.client, request(1))
      script.message(.server, PeerMessages.watchdogAnswer(1))
      (script.clientTag, script.clientNumber) = (0x1111_0002, 900)
      script.send(.client, isZeroTagged: true, SCTPScript.initiation(1, tag: script.clientTag, first: 900))
      (script.serverTag, script.serverNumber) = (0x2222_0002, 300)
      script.send(.server, SCTPScript.initiation(2, tag: script.serverTag, first: 300))
      script.send(.client, SCTPScript.chunk(10, [1, 2, 3, 4]))
      script.send(.server, SCTPScript.chunk(11, []))
      script.message(.client, request(2))
      script.message(.server, PeerMessages.watchdogAnswer(2))
    },
    AssociationVariant("a message over several packets", 1) { script in
      script.handshake()
      let message = PeerMessages.capabilitiesRequest(1)
      fragments(of: message, 40).forEach { script.send(.client, $0) }
    },
    AssociationVariant("its fragments out of order", 1) { script in
      script.handshake()
      let parts = fragments(of: PeerMessages.capabilitiesRequest(1), 40)
      for index in [1, 0] + parts.indices.dropFirst(2).reversed() { script.send(.client, parts[index]) }
    },
    AssociationVariant("unordered messages", 3) { script in
      script.handshake()
      for number: UInt32 in [2, 0, 1] {
        script.send(.client, SCTPScript.data(1000 + number, request(number), flags: 7))
      }
    },
    AssociationVariant("three chunks in a packet", 3) { script in
      script.handshake()
      script.send(.client, (UInt32(0)..<3).map { SCTPScript.data(1000 + $0, request($0 + 1), sequence: UInt16($0)) })
    },
    AssociationVariant(
      "two messages in a chunk", 2, exemption: "tshark reads the first Diameter message of a user message only"
    ) { script in
      script.handshake()
      script.send(.client, SCTPScript.data(1000, request(1) + request(2)))
    },
    AssociationVariant("a thousand chunks in a packet", 1000) { script in
      script.sendBundle(1000, pairs: [.text(264, "icscf.ims")])
    },
    AssociationVariant(
      "as many chunks in a packet as it holds", 1800, exemption: "tshark takes a header without AVPs for no message"
    ) { $0.sendBundle(1800, pairs: []) },
    AssociationVariant("I-DATA, whole and in fragments that interleave (RFC 8260)", 4) { script in
      script.handshake()
      script.send(.client, SCTPScript.interleavedData(1000, request(1), message: 0))
      let long = [PeerMessages.capabilitiesRequest(2), PeerMessages.capabilitiesRequest(3)]
      let middle = long[0].count / 2
      script.send(.client, SCTPScript.interleavedData(1001, long[0][..<middle], stream: 1, message: 0, flags: 2))
      script.send(.client, SCTPScript.interleavedData(1002, long[1][..<middle], stream: 2, message: 0, flags: 2))
      script.send(
        .client,
        SCTPScript.interleavedData(1003, long[1][middle...], stream: 2, message: 0, fragment: 1, flags: 1))
      script.send(
        .client,
        SCTPScript.interleavedData(1004, long[0][middle...], stream: 1, message: 0, fragment: 1, flags: 1))
      script.send(.client, SCTPScript.interleavedData(1005, request(4), message: 1))
    },
    AssociationVariant("a chunk given up by its sender (FORWARD-TSN, RFC 3758)", 2) { script in
      script.handshake()
      script.send(.client, SCTPScript.data(1000, request(1)))
      script.send(.client, SCTPScript.data(1002, request(2), sequence: 2))
      script.send(.client, SCTPScript.chunk(0xc0, [0, 0, 0x03, 0xe9]))
    },
    AssociationVariant("a chunk sent again", 2) { script in
      script.handshake()
      script.send(.client, SCTPScript.data(1000, request(1)))
      script.wait(seconds: 1)
      script.send(.client, SCTPScript.data(1000, request(1)))
      script.send(.client, SCTPScript.data(1001, request(2), sequence: 1))
    },
    AssociationVariant("one chunk late and one lost", 4) { script in
      script.handshake()
      for number: UInt32 in [0, 2, 4, 1] {
        script.send(.client, SCTPScript.data(1000 + number, request(number + 1), sequence: UInt16(number)))
      }
    },
    AssociationVariant("picked up mid-way", 3) { script in
      script.clientNumber = 77_000
      script.message(.client, request(1))
      script.message(.server, PeerMessages.watchdogAnswer(1))
      script.message(.client, request(2))
    },
    AssociationVariant("picked up mid-way, one direction only", 2) { script in
      script.send(.client, SCTPScript.data(77_000, request(1)))
      script.send(.client, SCTPScript.data(77_001, request(2)))
    },
    AssociationVariant("TSNs wrap around", 4) { script in
      script.clientNumber = .max - 1
      script.handshake()
      for number: UInt32 in 1...4 { script.message(.client, request(number)) }
    },
    AssociationVariant("PPID 46, 0 and one of no protocol, on Diameter's port", 3) { script in
      script.handshake()
      for (number, identifier): (UInt32, UInt32) in [(1, 46), (2, 0), (3, 0x4000_0000)] {
        script.message(.client, request(number), identifier: identifier)
      }
    },
    AssociationVariant(
      "PPID 47 with Diameter in clear", 1, exemption: "tshark takes PPID 47 for DTLS without looking at the content"
    ) { script in
      script.handshake()
      script.message(.client, request(1), identifier: 47)
    },
    AssociationVariant(
      "PPID 0 on a port of nobody", 1, exemption: "tshark knows a protocol by PPID or port; Diameter shows by content"
    ) { script in
      script.serverPort = 49_151
      script.handshake()
      script.message(.client, request(1), identifier: 0)
    },
    AssociationVariant("SIP (RFC 4168)", 2) { script in
      script.serverPort = 5060
      script.handshake()
      for number in 1...2 {
        let text = """
          OPTIONS sip:b@ims.example SIP/2.0\r
          Via: SIP/2.0/SCTP 10.10.0.1:5060;branch=z9hG4bK\(number)\r
          From: <sip:a@ims.example>;tag=1\r
          To: <sip:b@ims.example>\r
          Call-ID: \(number)\r
          CSeq: 1 OPTIONS\r
          Content-Length: 0\r
          \r

          """
        script.message(.client, Array(text.utf8), identifier: 0)
      }
    },
  ]

  private static func fragments(of message: [UInt8], _ size: Int) -> [[UInt8]] {
    stride(from: 0, to: message.count, by: size).enumerated().map { index, start in
      let end = min(message.count, start + size)
      let flags: UInt8 = (start == 0 ? 2 : 0) | (end == message.count ? 1 : 0)
      return SCTPScript.data(1000 + UInt32(index), message[start..<end], flags: flags)
    }
  }
}
