import CaptureFacts
import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// Capturing from the loopback interface, where this user may.
@Suite(.serialized)
struct LiveCaptureTests {
  static let mayCapture: Bool = {
    var options = LiveCaptureOptions(interfaces: ["lo"])
    options.isPromiscuous = false
    return (try? LiveCapture(options)) != nil
  }()

  /// Sends datagrams from one socket to another, both on the loopback interface; the port they go to.
  private func send(_ payloads: [[UInt8]], to port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    for payload in payloads {
      withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
          _ = sendto(descriptor, payload, payload.count, 0, target, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
  }

  @Test("frames that pass the filter come with time, link type and bytes", .enabled(if: mayCapture, "may not capture"))
  func frames() throws {
    let port: UInt16 = 39_517
    var options = LiveCaptureOptions(interfaces: ["lo"], filter: "udp dst port \(port)")
    options.snapLength = 64
    var capture = try LiveCapture(options)
    send([[UInt8](repeating: 1, count: 10), [UInt8](repeating: 2, count: 100)], to: port)
    var frames: [ReadFrame] = []
    for _ in 0..<10 where frames.count < 2 {
      if capture.step() == .frame { frames.append(ReadFrame(capture.frame)) }
    }
    #expect(frames.map(\.originalLength) == [52, 142])
    #expect(frames.map(\.bytes.count) == [52, 64])
    #expect(frames.map(\.linkType) == [1, 1])
    #expect(frames.map(\.number) == [1, 2])
    #expect(frames.allSatisfy { $0.time > 1_700_000_000_000_000_000 })
    let anomalies = capture.anomalies
    #expect(anomalies.amount(of: .frameCutBySnapLength) == 78)
    let step = capture.step()
    #expect(step == .idle)
    let statistics = capture.statistics
    // The loopback interface counts a packet as it leaves and as it arrives.
    #expect(statistics.received >= 2)
  }

  @Test("an interruption ends the capture; `any` and an interface at once", .enabled(if: mayCapture, "may not capture"))
  func interruption() throws {
    var capture = try LiveCapture(LiveCaptureOptions(interfaces: ["any", "lo"]), isInterrupted: { true })
    let linkTypes = capture.interfaces.map(\.linkType.rawValue)
    #expect(linkTypes == [113, 1])
    // What the kernel held by then comes first: other tests send over the loopback interface.
    var step = capture.step()
    while step == .frame { step = capture.step() }
    #expect(step == .end)
  }

  @Test("what cannot be captured from is told in one sentence")
  func failures() {
    func message(_ interfaces: [String], filter: String? = nil) -> String? {
      do throws(CaptureInputFailure) {
        _ = try LiveCapture(LiveCaptureOptions(interfaces: interfaces, filter: filter))
        return nil
      } catch {
        return error.description
      }
    }
    #expect(message([]) == "live: no interface is named; name one with -i, list them with -D")
    if Self.mayCapture {
      #expect(message(["nosuch0"]) == "nosuch0: no such interface; list them with -D")
      #expect(message(["lo"], filter: "prot 1")?.hasPrefix("filter 'prot 1': ") == true)
    } else {
      #expect(message(["lo"]) != nil)
    }
  }

  @Test("the loopback interface is listed")
  func devices() throws {
    let devices = try CaptureDevice.all()
    #expect(!Self.mayCapture || devices.contains { $0.name == "lo" && $0.isLoopback })
  }
}
