import Testing

@testable import SecurityAssociations

/// Payloads that other implementations made: the vectors of draft-mcgrew-gcm-test, and those of Python's cryptography.
@Suite struct AlgorithmVectorTests {
  struct Vector: Sendable {
    var name: String
    var encryption: (String, String)
    var integrity: (String, String)
    var payload: String
    var inside: (UInt8, String)
  }

  private static let key = "000102030405060708090a0b0c0d0e0f"
  private static let integrityKey = "f0e1d2c3b4a5968778695a4b3c2d1e0f"
  private static let datagram: (UInt8, String) = (17, "13c413c4000c000061626364")

  static let vectors = [
    Vector(
      name: "AES-GCM", encryption: ("AES-GCM [RFC4106]", "feffe9928665731c6d6a8f9467308308cafebabe"),
      integrity: ("NULL", ""),
      payload: """
        0000a5f8 0000000a facedbaddecaf888
        deb22cd9b07c72c16e3a65beeb8df304a5a5897d33ae530f1ba76d5d114d2a5c3de81827c10e9a4f51330d0eec416642
        cfbb85a5b47e48a4ec3b9ba95d918bd183b70d3aa8bc6ee4c309e9d85a41ad4a
        """,
      inside: (
        1,
        """
        4500003e698f000080114dccc0a80102c0a801010a980035002a2343b2d00100000100000000000003736970096379
        62657263697479 02646b0000010001
        """
      )),
    Vector(
      name: "AES-GMAC", encryption: ("NULL", ""),
      integrity: ("AES-GMAC [RFC4543]", "4c80cdefbb5d10da906ac73c3613a63422433c64"),
      payload: """
        00004321 00000007 0000000000000000
        45000030da3a00008001df3bc0a80005c0a800010800c6cd020007006162636465666768696a6b6c6d6e6f7071727374 01020201
        f2a9a836e155106aa8dcd618e4099aaa
        """,
      inside: (1, "45000030da3a00008001df3bc0a80005c0a800010800c6cd020007006162636465666768696a6b6c6d6e6f7071727374")),
    Vector(
      name: "DES-EDE3-CBC, HMAC-MD5-96", encryption: ("TripleDES-CBC [RFC2451]", key + "0001020304050607"),
      integrity: ("HMAC-MD5-96 [RFC2403]", integrityKey),
      payload: "00001001 00000001 0102030405060708 f279e13f56a4b07fa6af5a94bf04f608 b38ac5b2545b2d299e6deede",
      inside: datagram),
    Vector(
      name: "AES-CBC, HMAC-SHA-1-96", encryption: ("AES-CBC [RFC3602]", key),
      integrity: ("HMAC-SHA-1-96 [RFC2404]", integrityKey + "00000000"),
      payload: """
        00001001 00000001 01020304050607080102030405060708 bfabc4f7f64ee42641d6b4f5d3bc3715 9594bf979938ae7799e5a784
        """, inside: datagram),
    Vector(
      name: "NULL, HMAC-SHA-1-96", encryption: ("NULL", ""),
      integrity: ("HMAC-SHA-1-96 [RFC2404]", integrityKey + "00000000"),
      payload: "00001001 00000001 13c413c4000c000061626364 01020211 0398030aaabd781c920a791d", inside: datagram),
  ]

  @Test("The right key opens it", arguments: vectors)
  func opens(_ vector: Vector) throws {
    var opener = SecurityPayloadOpener()
    opener.give([
      try row(
        vector.encryption.0, vector.encryption.1.isEmpty ? "" : "0x" + vector.encryption.1, vector.integrity.0,
        vector.integrity.1.isEmpty ? "" : "0x" + vector.integrity.1)
    ])
    for _ in 0..<2 {
      #expect(open(bytes(vector.payload), &opener) == .opened(vector.inside.0, bytes(vector.inside.1)))
    }
    #expect(opener.openedCount == 2)
    #expect(opener.coverage.first?.means == .givenKeys)
  }

  @Test("No bit of the payload can change, from the SPI to the integrity check value", arguments: vectors)
  func damaged(_ vector: Vector) throws {
    var opener = SecurityPayloadOpener()
    opener.give([
      try row(
        vector.encryption.0, vector.encryption.1.isEmpty ? "" : "0x" + vector.encryption.1, vector.integrity.0,
        vector.integrity.1.isEmpty ? "" : "0x" + vector.integrity.1)
    ])
    let payload = bytes(vector.payload)
    for place in payload.indices {
      var damaged = payload
      damaged[place] ^= 1
      #expect(open(damaged, &opener) == .failed(.integrityFailed), "byte \(place)")
    }
    for length in 0..<payload.count {
      let opening = open(Array(payload.prefix(length)), &opener)
      #expect(opening == .failed(.integrityFailed) || opening == .failed(.malformed), "\(length) bytes")
    }
  }

  @Test("A wrong key opens nothing", arguments: vectors)
  func wrongKey(_ vector: Vector) throws {
    func other(_ key: String) -> String {
      key.isEmpty ? "" : "0x" + (key.first == "0" ? "1" : "0") + key.dropFirst()
    }
    var opener = SecurityPayloadOpener()
    opener.give([
      try row(vector.encryption.0, other(vector.encryption.1), vector.integrity.0, other(vector.integrity.1))
    ])
    #expect(open(bytes(vector.payload), &opener) == .failed(.integrityFailed))
    #expect(opener.openedCount == 0)
  }
}
