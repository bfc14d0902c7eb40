import CaptureFacts
import CaptureInput
import Testing

/// Blocks of pcapng that tell something beside frames.
struct PcapNGSideBlockTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func capture(bigEndian: Bool, _ body: (inout CaptureBytes) -> Void) throws -> MergedCapture {
    var bytes = CaptureBytes(bigEndian: bigEndian)
    bytes.sectionHeader()
    bytes.interface()
    body(&bytes)
    bytes.enhancedPacket(ticks: 1, [1])
    var capture = try MergedCapture([try directory.file("input", bytes.bytes)])
    #expect(capture.readAll().count == 1)
    #expect(capture.warnings.isEmpty)
    return capture
  }

  private func record(_ type: UInt16, _ value: [UInt8], _ body: inout CaptureBytes, length: UInt16? = nil) {
    body.append(type)
    body.append(length ?? UInt16(value.count))
    body.append(value, paddedTo: 4)
  }

  @Test(
    "4.5: names of IPv4 and IPv6 addresses, the first of several; other records are passed over",
    arguments: [false, true])
  func names(bigEndian: Bool) throws {
    let six: [UInt8] = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    let capture = try capture(bigEndian: bigEndian) { file in
      file.block(4) { body in
        record(1, [10, 0, 0, 1] + Array("pcscf.ims.example\0alias\0".utf8), &body)
        record(3, [1, 2, 3, 4, 5, 6] + Array("mac\0".utf8), &body)
        record(2, six + Array("hss.ims.example\0".utf8), &body)
        record(0, [], &body)
        record(1, [10, 0, 0, 2] + Array("behind the end\0".utf8), &body)
      }
    }
    let names = capture.resolvedNames
    #expect(names.map(\.name) == ["pcscf.ims.example", "hss.ims.example"])
    #expect(names.map(\.address.description) == ["10.0.0.1", "2001:db8::1"])
    #expect(capture.summaries[0].names == 2)
  }

  @Test("4.5: a record that is too long, too short or without a name ends or is passed over")
  func hostileNames() throws {
    for length: UInt16 in [0, 3, 4, 5, 200, .max] {
      let capture = try capture(bigEndian: false) { file in
        file.block(4) { body in record(1, [10, 0, 0, 1, 0, 0, 0, 0], &body, length: length) }
      }
      #expect(capture.resolvedNames.isEmpty, "\(length)")
    }
    let many = try capture(bigEndian: false) { file in
      file.block(4) { body in
        for number in 0..<5000 { record(1, [10, 0, UInt8(number >> 8), UInt8(number & 255), 97, 0, 0, 0], &body) }
      }
    }
    #expect(many.resolvedNames.count == 4096)
  }

  @Test("4.7: decryption secrets are kept as they stand, up to a bound, and counted", arguments: [false, true])
  func secrets(bigEndian: Bool) throws {
    let log = Array("CLIENT_RANDOM 01 02\n".utf8)
    let capture = try capture(bigEndian: bigEndian) { file in
      for secret in [log, [UInt8](repeating: 7, count: 1 << 20)] {
        file.block(10) { body in
          body.append(UInt32(0x544c_534b))
          body.append(UInt32(secret.count))
          body.append(secret, paddedTo: 4)
        }
      }
      // A length that is greater than the block.
      file.block(10) { body in
        body.append(UInt32(1))
        body.append(UInt32(1000))
      }
    }
    #expect(capture.decryptionSecrets == [DecryptionSecrets(type: 0x544c_534b, bytes: log)])
    #expect(capture.summaries[0].decryptionSecrets == 3)
  }
}
