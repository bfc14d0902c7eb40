import CaptureFacts
import CaptureInput
import Testing

/// draft-ietf-opsawg-pcapng: one test for each block, in both byte orders.
@Suite(.serialized)
struct PcapNGBlockTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func section(bigEndian: Bool, _ body: (inout CaptureBytes) -> Void) -> [UInt8] {
    var file = CaptureBytes(bigEndian: bigEndian)
    file.sectionHeader()
    body(&file)
    return file.bytes
  }

  @Test("4.1: sections in other byte orders follow, and count interfaces anew", arguments: [false, true])
  func sections(bigEndian: Bool) throws {
    let first = section(bigEndian: bigEndian) { file in
      file.interface(linkType: 1)
      file.interface(linkType: 113)
      file.enhancedPacket(interface: 1, ticks: 1, [1])
    }
    let second = section(bigEndian: !bigEndian) { file in
      file.interface(linkType: 276)
      file.enhancedPacket(interface: 0, ticks: 2, [2])
    }
    var capture = try MergedCapture([try directory.file("input", first + second)])
    let frames = capture.readAll()
    #expect(frames.map(\.linkType) == [113, 276])
    #expect(frames.map(\.interface) == [1, 2])
    let linkTypes = capture.interfaces.map(\.linkType.rawValue)
    #expect(linkTypes == [1, 113, 276])
  }

  @Test("4.2: name, description, snapshot length, resolution and offset", arguments: [false, true])
  func interfaceDescription(bigEndian: Bool) throws {
    let bytes = section(bigEndian: bigEndian) { file in
      file.interface(linkType: 1, snapLength: 96) { options in
        options.option(2, Array("eth0".utf8))
        options.option(3, Array("to the core".utf8))
        options.option(9, [9])
        options.option(14, 100)
        options.option(0, [])
      }
      file.enhancedPacket(ticks: 5, [1])
    }
    var capture = try MergedCapture([try directory.file("input", bytes)])
    let frames = capture.readAll()
    #expect(frames.map(\.time) == [100_000_000_005])
    let interfaces = capture.interfaces
    #expect(
      interfaces == [
        CaptureInterface(
          name: "eth0", description: "to the core", linkType: LinkType(rawValue: 1), snapLength: 96)
      ])
  }

  @Test("4.3: enhanced packets, with comments", arguments: [false, true])
  func enhancedPacket(bigEndian: Bool) throws {
    let bytes = section(bigEndian: bigEndian) { file in
      file.interface()
      file.enhancedPacket(ticks: 0x1_0000_0001, original: 1500, [1, 2, 3, 4, 5]) { options in
        options.option(1, Array("first".utf8))
        options.option(2, [0, 0, 0, 0])
        options.option(1, Array("second".utf8))
        options.option(0, [])
      }
      file.enhancedPacket([6])
    }
    var capture = try MergedCapture([try directory.file("input", bytes)])
    var frames: [ReadFrame] = []
    var comments: [[String]] = []
    while capture.advance() {
      frames.append(ReadFrame(capture.frame))
      comments.append(capture.frameComments)
    }
    #expect(
      frames.first?.content
        == ReadFrame(time: 0x1_0000_0001 * 1000, linkType: 1, originalLength: 1500, bytes: [1, 2, 3, 4, 5]))
    #expect(comments == [["first", "second"], []])
    let anomalies = capture.anomalies
    #expect(anomalies.amount(of: .frameCutBySnapLength) == 1495)
    #expect(anomalies.count(of: .clockSteppedBack) == 1)
  }

  @Test("4.4: simple packets are cut at the snapshot length and have the time of the frame before")
  func simplePacket() throws {
    for bigEndian in [false, true] {
      let bytes = section(bigEndian: bigEndian) { file in
        file.interface(snapLength: 4)
        file.enhancedPacket(ticks: 7, [1])
        file.block(3) { body in
          body.append(UInt32(6))
          body.append([1, 2, 3, 4])
        }
      }
      let frames = try directory.read(bytes).frames
      #expect(frames.last?.content == ReadFrame(time: 7000, linkType: 1, originalLength: 6, bytes: [1, 2, 3, 4]))
    }
  }

  @Test("4.6: what statistics say was dropped is counted once", arguments: [false, true])
  func interfaceStatistics(bigEndian: Bool) throws {
    let bytes = section(bigEndian: bigEndian) { file in
      file.interface()
      file.enhancedPacket(ticks: 1, [1])
      for (byInterface, bySystem) in [(UInt64(2), UInt64(3)), (5, 3)] {
        file.block(5) { body in
          body.append(UInt32(0))
          body.append(UInt64(0))
          body.option(5, byInterface)
          body.option(7, bySystem)
          body.option(0, [])
        }
      }
    }
    var capture = try MergedCapture([try directory.file("input", bytes)])
    let frames = capture.readAll()
    #expect(frames.count == 1)
    let anomalies = capture.anomalies
    #expect(anomalies.amount(of: .packetsDroppedByInterface) == 5)
    #expect(anomalies.amount(of: .packetsDroppedByKernel) == 3)
  }

  @Test("appendix A: obsolete packets, with what was lost before them", arguments: [false, true])
  func obsoletePacket(bigEndian: Bool) throws {
    let bytes = section(bigEndian: bigEndian) { file in
      file.interface()
      for lost in [UInt16(4), 0xffff] {
        file.block(2) { body in
          body.append(UInt16(0))
          body.append(lost)
          body.append(UInt64(bigEndian ? 9 : 9 << 32))
          body.append(UInt32(1))
          body.append(UInt32(1))
          body.append([5])
        }
      }
    }
    var capture = try MergedCapture([try directory.file("input", bytes)])
    let expected = ReadFrame(time: 9000, linkType: 1, originalLength: 1, bytes: [5])
    let frames = capture.readAll()
    #expect(frames.map(\.content) == [expected, expected])
    let anomalies = capture.anomalies
    #expect(anomalies.amount(of: .packetsDroppedByInterface) == 4)
  }

  @Test("4.5, 4.7, 11.1: names, secrets and unknown blocks are passed over, even large ones")
  func otherBlocks() throws {
    let bytes = section(bigEndian: false) { file in
      file.interface()
      for type in [UInt32(4), 10, 0x8000_0001, 0x0000_00ff] {
        file.block(type) { $0.append([UInt8](repeating: 3, count: type == 4 ? 700_000 : 16)) }
      }
      file.enhancedPacket([1])
    }
    let (frames, warnings) = try directory.read(bytes)
    #expect(frames.map(\.number) == [1])
    #expect(warnings.isEmpty)
  }

  @Test("custom and journal blocks take a frame number, as in Wireshark, and are no frames")
  func customBlocks() throws {
    let bytes = section(bigEndian: false) { file in
      file.interface()
      for type in [UInt32(0x0bad), 0x4000_0bad, 9] { file.block(type) { $0.append(UInt64(0)) } }
      file.enhancedPacket([1])
      file.block(0x0bad) { $0.append(UInt64(0)) }
    }
    var capture = try MergedCapture([try directory.file("input", bytes)])
    let frames = capture.readAll()
    let count = capture.frameCount
    #expect(frames.map(\.number) == [4])
    #expect(count == 5)
  }

  @Test("what cannot be: the frames before are kept, and one sentence says where and why")
  func contradictions() throws {
    let good = section(bigEndian: false) { file in
      file.interface()
      file.enhancedPacket([1])
    }
    func tail(_ body: (inout CaptureBytes) -> Void) -> [UInt8] {
      var file = CaptureBytes()
      body(&file)
      return file.bytes
    }
    var mismatch = tail { $0.enhancedPacket([1]) }
    mismatch[mismatch.count - 4] = 40
    let cases: [([UInt8], String)] = [
      (tail { $0.enhancedPacket(interface: 1, [1]) }, "a frame of interface 1, which its section does not describe"),
      (mismatch, "a block of 36 bytes that ends in another length, 40"),
      (
        tail {
          $0.append(UInt32(6)); $0.append(UInt32(7))
        }, "a block of 7 bytes, which is not a length that blocks have"
      ),
      (
        tail {
          $0.append(UInt32(6)); $0.append(UInt32(0xffff_fffc))
        }, "a block of 4294967292 bytes, where 16777216 are the most"
      ),
      (tail { $0.block(6) { $0.append([UInt8](repeating: 0, count: 8)) } }, "a packet block of 20 bytes"),
      (tail { $0.sectionHeader(major: 2) }, "a section of pcapng version 2.0, where 1 is known"),
    ]
    for (bytes, reason) in cases {
      let (frames, warnings) = try directory.read(good + bytes)
      #expect(frames.count == 1)
      #expect(warnings == ["damaged at byte \(good.count): \(reason); the frames before are used"])
    }
  }
}
